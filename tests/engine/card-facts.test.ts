import path from "node:path";
import { expect, test } from "vitest";
import { cardFacts, type CardFacts } from "#engine/card-facts.ts";
import type { Accelerator, AcceleratorDetails } from "#engine/machine.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { cardOf, unifiedGpu } from "../fixtures/machine.ts";

const { cards } = await loadCatalog(path.join(import.meta.dirname, "../../catalog"));

function detailed(name: string, details: Partial<AcceleratorDetails>, memoryGiB: number): Accelerator {
  const whole = unifiedGpu("nvidia", gibToBytes(memoryGiB), details);
  return { ...whole, name, memoryKind: "dedicated" };
}

const RTX_4090 = cardOf("NVIDIA GeForce RTX 4090", mibToBytes(24_564));

// Maker's figures: 1,008 GB/s and 165.2 TFLOPS (FP16 summed in FP32) for an RTX 4090, compute capability 8.9.
test.each<{ fact: keyof CardFacts; value: unknown }>([
  { fact: "cardName", value: "NVIDIA GeForce RTX 4090" },
  { fact: "memoryTotalBytes", value: mibToBytes(24_564) },
  { fact: "memoryBandwidthBytesPerSecond", value: expect.closeTo(1.008e12, -10) },
  { fact: "fp16TensorFlops", value: expect.closeTo(165.2e12, -12) },
  { fact: "architecture", value: "Ada Lovelace" },
  { fact: "computeCapability", value: "8.9" },
])("an RTX 4090's $fact, with its source", ({ fact, value }) => {
  const found = cardFacts(RTX_4090, cards)[fact];
  expect(found).toMatchObject({ value });
  expect(found).toHaveProperty("source", expect.stringMatching(/^card database/));
});

test("an RTX 4090 has no NVLink, and that is no 0", () => {
  expect(cardFacts(RTX_4090, cards).nvlinkBytesPerSecond).toHaveProperty("missing");
});

test.each([
  { of: "a card nobody knows", accelerator: cardOf("Some GPU", null), missing: /has no Some GPU/ },
  {
    of: "a name that several cards have",
    accelerator: { ...cardOf("AMD GPU (PCI device 1002:744c)", null), vendor: "amd" as const },
    missing: /has no AMD GPU/,
  },
  {
    of: "an id that several cards have",
    accelerator: { ...detailed("AMD GPU", { pciDeviceId: "1002:1586" }, 96), vendor: "amd" as const },
    missing: /^it may be AMD Radeon 8040S/,
  },
])("of $of nothing is known, and why is said", ({ accelerator, missing }) => {
  for (const fact of Object.values(cardFacts(accelerator, cards))) {
    expect(fact).toEqual({ missing: expect.stringMatching(missing) as string });
  }
});

test.each([
  { kind: "slice" as const, word: /slice/ },
  { kind: "virtual" as const, word: /virtual share/ },
])("a $kind has its card's architecture, and none of its rates", ({ kind, word }) => {
  const accelerator = detailed("NVIDIA A100 80GB PCIe", { deviceKind: kind, pciDeviceId: "10de:20b5" }, 20);
  const facts = cardFacts(accelerator, cards);
  expect(facts.architecture).toMatchObject({ value: "Ampere" });
  expect(facts.computeCapability).toMatchObject({ value: "8.0" });
  for (const name of [
    "memoryTotalBytes",
    "memoryBandwidthBytesPerSecond",
    "fp16TensorFlops",
    "nvlinkBytesPerSecond",
  ] as const) {
    expect(facts[name]).toEqual({ missing: expect.stringMatching(word) as string });
  }
});
