import { describe, expect, test } from "vitest";
import type { Accelerator } from "#engine/machine.ts";
import type { Verdict } from "#engine/fit.ts";
import { estimateFit } from "#engine/estimate.ts";
import { cardsNeeded } from "#engine/hardware-for.ts";
import type { ReleasePrecision } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import type { ArchitectureName } from "../fixtures/architectures.ts";
import { cardOf, machineOf, namedCard, unifiedGpu } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";

function verdictOf(
  id: ArchitectureName,
  accelerators: readonly Accelerator[],
  ramGiB: number | null,
  precision: ReleasePrecision = "BF16",
): Verdict {
  return estimateFit(fixtureModel(id, precision), machineOf(accelerators, ramGiB), DEFAULT_SCENARIO).verdict;
}

type Row = readonly [string, ArchitectureName, readonly Accelerator[], number | null, Partial<Verdict>];

describe("each kind, with what it says", () => {
  test.each<Row>([
    [
      "fits: 15,317 MiB of weights, 1,002 of them in RAM, and 1,290 of cache and buffer, in 23,852",
      "llama-3-8b",
      [namedCard("RTX 4090")],
      64,
      {
        kind: "fits",
        quantization: "BF16",
        deviceName: "RTX 4090",
        memoryKind: "dedicated",
        contextLength: 8192,
      },
    ],
    [
      "needs quantization: 5,872 MiB of Q6_K and 1,290 in the 7,480 free of 8 GiB; Q8_0 is 7,605 alone",
      "llama-3-8b",
      [namedCard("RTX 3070")],
      64,
      { kind: "needs-quantization", quantization: "Q6_K", deviceName: "RTX 3070" },
    ],
    [
      "needs multiple GPUs, here: 39.5 GiB over two cards of 24",
      "llama-2-70b",
      [namedCard("RTX 3090"), namedCard("RTX 3090")],
      64,
      { kind: "needs-multiple-gpus", here: true, quantization: "Q4_K_M" },
    ],
    [
      "runs with offload: a mixture keeps experts in RAM",
      "mixtral-8x7b",
      [namedCard("RTX 3070")],
      64,
      { kind: "runs-with-offload", quantization: "Q4_K_M", inRam: "experts" },
    ],
    [
      "runs with offload: a dense model keeps layers in RAM",
      "llama-2-70b",
      [namedCard("RTX 4090")],
      64,
      { kind: "runs-with-offload", quantization: "Q4_K_M", inRam: "layers" },
    ],
    [
      "needs multiple GPUs, not here: with 8 GiB of RAM there is no offload, two such cards would do",
      "llama-2-70b",
      [namedCard("RTX 4090")],
      8,
      { kind: "needs-multiple-gpus", here: false, cardName: "RTX 4090", cardCount: 2 },
    ],
    [
      "the same without any card: of an 80 GB card one would do",
      "llama-2-70b",
      [],
      8,
      { kind: "needs-multiple-gpus", here: false, cardName: "80 GB card", cardCount: 1 },
    ],
    [
      "671 B weights are about 378 GiB: five cards of 78.95 GiB free",
      "deepseek-v3",
      [],
      64,
      { kind: "needs-multiple-gpus", here: false, cardCount: 5 },
    ],
    [
      "eight cards of 24 GiB are not enough: of 80 GB, as on a machine without a card",
      "deepseek-v3",
      [namedCard("RTX 4090")],
      64,
      { kind: "needs-multiple-gpus", here: false, cardName: "80 GB card", cardCount: 5 },
    ],
    [
      "with no accelerator it fits in RAM, and says so",
      "llama-3-8b",
      [],
      32,
      { kind: "fits", deviceName: "RAM", memoryKind: "system" },
    ],
    [
      "with no accelerator and little RAM it needs quantization",
      "llama-3-8b",
      [],
      8,
      { kind: "needs-quantization", deviceName: "RAM", memoryKind: "system" },
    ],
    [
      "on an Apple GPU of 24 of 36 GiB",
      "llama-3-8b",
      [unifiedGpu("apple", gibToBytes(36))],
      36,
      { kind: "fits", memoryKind: "unified" },
    ],
  ])("%s", (_title, ...[id, accelerators, ramGiB, expected]) => {
    expect(verdictOf(id, accelerators, ramGiB)).toMatchObject(expected);
  });
});

test("two cards are named with the layers on each", () => {
  const verdict = verdictOf("llama-2-70b", [namedCard("RTX 3090"), namedCard("RTX 3090")], 64);
  const cards = verdict.kind === "needs-multiple-gpus" && verdict.here ? verdict.cards : [];
  expect(cards.map(({ name }) => name)).toEqual(["RTX 3090", "RTX 3090"]);
  expect(cards.reduce((sum, { layerCount }) => sum + layerCount, 0)).toBe(80);
});

test("the shortfall is what is needed less what cards and RAM have free", () => {
  const machine = machineOf([namedCard("RTX 4090")], 64);
  const scenario = { ...DEFAULT_SCENARIO, lowestQuantization: "Q8_0" as const };
  const { verdict } = estimateFit(fixtureModel("deepseek-v3", "BF16"), machine, scenario);
  const freeBytes = mibToBytes(24_564 - 256 - 456) + gibToBytes(64) * 0.9;
  const shortfallBytes = verdict.kind === "too-large" ? verdict.shortfallBytes : 0;
  // 671.03 B weights in Q8_0 are 8.5 bits each: 664.0 GiB, with cache and buffers of about 1.4; eight cards hold 630.
  expect((shortfallBytes + freeBytes) / gibToBytes(1)).toBeGreaterThan(664);
  expect((shortfallBytes + freeBytes) / gibToBytes(1)).toBeLessThan(668);
});

describe("a missing fact", () => {
  const unknownCard = cardOf("Mystery card", null);

  test.each<Row>([
    [
      "RAM unknown, no accelerator",
      "llama-3-8b",
      [],
      null,
      { kind: "unknown", missing: "How much RAM this machine has is not known." },
    ],
    [
      "RAM unknown and the card is too small: offload cannot be judged",
      "llama-2-70b",
      [namedCard("RTX 4090")],
      null,
      { kind: "unknown", missing: "How much RAM this machine has is not known." },
    ],
    [
      "RAM unknown does not matter where the card holds it",
      "llama-3-8b",
      [namedCard("RTX 4090")],
      null,
      { kind: "fits" },
    ],
    [
      "the only card's memory unknown: nothing is claimed, not even RAM",
      "llama-3-8b",
      [unknownCard],
      64,
      { kind: "unknown", missing: "How much memory Mystery card has is not known." },
    ],
    [
      "beside a known card that holds it, it does not matter",
      "llama-3-8b",
      [namedCard("RTX 4090"), unknownCard],
      64,
      { kind: "fits" },
    ],
    [
      "nor where the known card holds a quantization",
      "llama-3-8b",
      [namedCard("RTX 3070"), unknownCard],
      64,
      { kind: "needs-quantization" },
    ],
    [
      "that nothing here holds it cannot be said without it",
      "deepseek-v3",
      [namedCard("RTX 4090"), unknownCard],
      64,
      { kind: "unknown", missing: "How much memory Mystery card has is not known." },
    ],
    [
      "an integrated GPU of unknown memory is RAM, and RAM is known",
      "llama-3-8b",
      [unifiedGpu("intel", null)],
      32,
      { kind: "fits", memoryKind: "system" },
    ],
  ])("%s", (_title, ...[id, accelerators, ramGiB, expected]) => {
    expect(verdictOf(id, accelerators, ramGiB)).toMatchObject(expected);
  });
});

test.each<Row>([
  [
    "a card that holds a quantization is named, not the integrated GPU that holds it whole",
    "llama-3-8b",
    [unifiedGpu("amd", gibToBytes(24)), namedCard("RTX 3070")],
    48,
    { kind: "needs-quantization", deviceName: "RTX 3070" },
  ],
  [
    "an integrated GPU of much memory is named where the card would need offload",
    "llama-2-70b",
    [unifiedGpu("amd", gibToBytes(96)), namedCard("RTX 3070")],
    128,
    { kind: "needs-quantization", deviceName: "amd GPU" },
  ],
])("a card beside an integrated GPU: %s", (_title, ...[id, accelerators, ramGiB, expected]) => {
  expect(verdictOf(id, accelerators, ramGiB)).toMatchObject(expected);
});

test("a card that would do alone is named by the least it may have, as the list of hardware has it", () => {
  const asked = { model: fixtureModel("llama-2-70b"), machine: machineOf([], 8), scenario: DEFAULT_SCENARIO };
  const { verdict } = estimateFit(asked.model, asked.machine, asked.scenario);
  const least = verdict.kind === "needs-multiple-gpus" && !verdict.here ? verdict.leastCardMemoryBytes : null;
  if (least == null) throw new Error("no card is named");
  const countOf = (bytes: number): number | null =>
    cardsNeeded(
      asked,
      {
        id: "card",
        name: "Card",
        vendor: "nvidia",
        memoryKind: "dedicated",
        memoryBytes: { value: bytes, source: "test" },
      },
      "Q4_K_M",
    );
  expect(countOf(least)).toBe(1);
  expect(countOf(least - gibToBytes(1))).toBe(2);
});

test("a laptop is told of a larger card, not of eight chips that are soldered in", () => {
  const laptop = { ...namedCard("RTX 4080"), name: "NVIDIA GeForce RTX 4060 Laptop GPU" };
  const { verdict } = estimateFit(fixtureModel("llama-2-70b"), machineOf([laptop], 8), DEFAULT_SCENARIO);
  expect(verdict).toMatchObject({ kind: "needs-multiple-gpus", here: false, cardCount: 1 });
});
