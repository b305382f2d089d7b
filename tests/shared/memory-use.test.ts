import { expect, test } from "vitest";
import { memoryOfText, memoryUse, memoryUseText } from "../../src/shared/memory-use.ts";
import { fitOf, GIB, MIB, placedDevice, placedRam } from "./fits.ts";

const FITS = fitOf({
  kind: "fits",
  contextLength: 8192,
  quantization: "BF16",
  deviceName: "RTX 3090",
  memoryKind: "dedicated",
});

function placedOn(...devices: readonly ReturnType<typeof placedDevice>[]) {
  return memoryUse({ ...FITS, placement: { kind: "single", devices } });
}

test.each([
  [12.3, 24, "12.3 of 24.0 GiB"],
  [0.5, 24, "512 MiB of 24.0 GiB"],
  [0.25, 0.5, "256 of 512 MiB"],
  [0.0001, 0.5, "under 1 of 512 MiB"],
  [0.0001, 24, "under 1 MiB of 24.0 GiB"],
])("%d of %d GiB: %s", (usedGib, capacityGib, text) => {
  expect(memoryOfText(usedGib * GIB, capacityGib * GIB)).toBe(text);
});

test("one card: how much of it", () => {
  const use = placedOn(placedDevice());
  expect(use).toEqual({
    kind: "placed",
    devices: [
      {
        key: "card-0#0",
        name: "RTX 3090",
        isRam: false,
        holdsLayers: true,
        usedBytes: 20.5 * GIB,
        capacityBytes: 24 * GIB,
        usedFraction: 20.5 / 24,
      },
    ],
  });
  expect(memoryUseText(use)).toBe("20.5 of 24.0 GiB");
});

test("a card, with what lies in RAM beside it; capacities are not added up", () => {
  const use = placedOn(placedDevice(), placedRam());
  expect(memoryUseText(use)).toBe("20.5 of 24.0 GiB + 1.0 GiB RAM");
  if (use.kind !== "placed") throw new Error("it is placed");
  expect(use.devices.map(({ holdsLayers }) => holdsLayers)).toEqual([true, false]);
});

test("several cards: what is used, over how many; each has a key of its own", () => {
  const use = placedOn(placedDevice(), placedDevice(), placedDevice({ acceleratorId: null }));
  expect(memoryUseText(use)).toBe("61.5 GiB over 3 cards");
  if (use.kind !== "placed") throw new Error("it is placed");
  expect(use.devices.map(({ key }) => key)).toEqual(["card-0#0", "card-0#1", "RTX 3090#2"]);
});

test("cards this machine lacks", () => {
  const use = memoryUse(
    fitOf({
      kind: "needs-multiple-gpus",
      here: false,
      contextLength: 8192,
      quantization: "Q4_K_M",
      cardName: "RTX 3090",
      cardMemoryBytes: 24 * GIB,
      cardCount: 2,
    }),
  );
  expect(use).toEqual({
    kind: "more-cards",
    cardCount: 2,
    cardMemoryBytes: 24 * GIB,
    neededBytes: 40 * GIB,
  });
  expect(memoryUseText(use)).toBe("40.0 GiB: 2 × 24.0 GiB");
});

test.each([
  [10, 0.75, "40.0 GiB: 10.0 GiB missing"],
  [50, 0, "40.0 GiB: 50.0 GiB missing"],
])("too large by %d GiB: a share of %d is there", (shortfallGib, availableFraction, text) => {
  const use = memoryUse(
    fitOf({
      kind: "too-large",
      contextLength: 8192,
      quantization: "Q4_K_M",
      shortfallBytes: shortfallGib * GIB,
    }),
  );
  expect(use).toMatchObject({ kind: "short", availableFraction });
  expect(memoryUseText(use)).toBe(text);
});

test("a byte too much is not nothing", () => {
  const verdict = {
    kind: "too-large",
    contextLength: 8192,
    quantization: "Q4_K_M",
    shortfallBytes: 1,
  } as const;
  expect(memoryUseText(memoryUse(fitOf(verdict)))).toBe("40.0 GiB: under 1 MiB missing");
});

const UNKNOWN = { kind: "unknown", contextLength: 8192, missing: "not known." } as const;

test.each([
  ["nothing is known", null, "unknown"],
  ["only the need is known", fitOf(UNKNOWN).memory, "40.0 GiB, room unknown"],
])("%s", (_name, memory, text) => {
  expect(memoryUseText(memoryUse(fitOf(UNKNOWN, { memory })))).toBe(text);
});

test("what little a slice holds is told in MiB", () => {
  const use = placedOn(placedDevice({ usedBytes: 300 * MIB, capacityBytes: 768 * MIB }));
  expect(memoryUseText(use)).toBe("300 of 768 MiB");
});
