import { describe, expect, test } from "vitest";
import type { Card } from "#engine/card.ts";
import { type Fact, isKnown } from "#engine/fact.ts";
import { type CardName, cardNames } from "#engine/hardware/card-name.ts";
import { bytesToGb, bytesToGib, bytesToMib } from "#engine/units.ts";
import { SHIPPED } from "./shipped.ts";

const { cards } = SHIPPED;

/** The ids of the cards of which something is true. */
function idsWhere(isTrue: (card: Card) => boolean): readonly string[] {
  return cards.filter(isTrue).map(({ id }) => id);
}

/** A fact's value; NaN, of which no comparison is true, where it is missing. */
function valueOf(fact: Fact<number> | undefined): number {
  return fact !== undefined && isKnown(fact) ? fact.value : NaN;
}

function shippedCard(id: string): Card | undefined {
  return cards.find((card) => card.id === id);
}

test("every card file loads without a problem, and there are cards enough", () => {
  expect(SHIPPED.problems.filter(({ file }) => file.startsWith("hardware"))).toEqual([]);
  const leasts = { nvidia: 320, amd: 230, intel: 40, apple: 36, other: 5 };
  for (const [vendor, least] of Object.entries(leasts)) {
    expect(idsWhere((card) => card.vendor === vendor).length, vendor).toBeGreaterThanOrEqual(least);
  }
});

describe("names", () => {
  const ownerByName = new Map(cards.map((card) => [spelled(cardNames(card).name), card]));

  function spelled({ key, memoryGB }: CardName): string {
    return `${key}/${memoryGB ?? "any"}`;
  }

  test("no two cards have one id or one name, however it is spelled", () => {
    expect(new Set(cards.map(({ id }) => id)).size).toBe(cards.length);
    expect(ownerByName.size).toBe(cards.length);
    expect(idsWhere((card) => cardNames(card).name.key === "")).toEqual([]);
  });

  test("no spelling of a card is another card's name, but where drivers name laptop and desktop alike", () => {
    const borrowed = cards.flatMap((card) =>
      cardNames(card).aliases.flatMap((alias) => {
        const owner = ownerByName.get(spelled(alias));
        return owner === undefined || owner === card ? [] : [[card.name, owner.name] as const];
      }),
    );
    expect(borrowed.filter(([name, owner]) => name !== `${owner} Laptop GPU`)).toEqual([]);
    expect(borrowed.length).toBeGreaterThan(0);
  });

  test("a spelling stands once, and is not the name", () => {
    expect(idsWhere(({ aliases }) => new Set(aliases).size !== aliases.length)).toEqual([]);
    expect(idsWhere(({ name, aliases }) => aliases.includes(name))).toEqual([]);
  });

  test("laptop chips are cards of their own, with figures of their own", () => {
    const pairs = cards.flatMap((laptop) => {
      const desktop = cards.find(({ name }) => `${name} Laptop GPU` === laptop.name);
      return desktop === undefined ? [] : [{ desktop, laptop }];
    });
    expect(pairs.length).toBeGreaterThanOrEqual(25);
    const alike = pairs.filter(({ desktop, laptop }) => figures(desktop) === figures(laptop));
    expect(alike.map(({ laptop }) => laptop.id)).toEqual([]);
  });

  function figures({ memoryBandwidthBytesPerSecond, fp32Flops, powerWatts }: Card): string {
    return [memoryBandwidthBytesPerSecond, fp32Flops, powerWatts].map(valueOf).join();
  }
});

test("each fact says where it was read, or why it is missing", () => {
  const wordless = cards.flatMap((card) => {
    const facts = Object.entries(card).filter(
      (entry): entry is [string, Fact<unknown>] =>
        typeof entry[1] === "object" && entry[1] !== null && !Array.isArray(entry[1]),
    );
    expect(facts.length, card.id).toBe(19);
    return facts
      .filter(([, fact]) => /^(#|.{0,4}$)/.test(isKnown(fact) ? fact.source : fact.missing))
      .map(([name]) => `${card.id}: ${name}`);
  });
  expect(wordless).toEqual([]);
});

test("a price is of the launch, of a card that is sold as one, and says how far it can be trusted", () => {
  const priced = cards.filter(({ launchPriceUsd }) => isKnown(launchPriceUsd));
  expect(priced.length).toBeGreaterThanOrEqual(100);
  for (const { id, name, launchPriceUsd, memoryKind } of priced) {
    if (!isKnown(launchPriceUsd)) continue;
    expect(launchPriceUsd.value, id).toBeGreaterThanOrEqual(100);
    expect(launchPriceUsd.value, id).toBeLessThanOrEqual(50_000);
    expect(launchPriceUsd.source, id).toMatch(
      /(at launch, about|reported in the trade).*@huggingface\/tasks/,
    );
    expect(name, id).not.toMatch(/Laptop|Max-Q Design|Apple/);
    expect(memoryKind === "dedicated" || id.startsWith("jetson"), id).toBe(true);
  }
});

/** What drivers report, MiB, from real outputs of nvidia-smi, amd-smi, rocm-smi and xpu-smi. */
test.each([
  ["geforce-rtx-5090", 32_607],
  ["geforce-rtx-4090", 24_564],
  ["geforce-rtx-4090-laptop", 16_376],
  ["geforce-rtx-3090", 24_576],
  ["geforce-rtx-4080", 16_376],
  ["geforce-rtx-4070-ti", 12_282],
  ["geforce-rtx-3060", 12_288],
  ["geforce-rtx-3060-laptop", 6144],
  ["a100-sxm4-80gb", 81_920],
  ["a100-sxm4-40gb", 40_960],
  ["h100-80gb-hbm3", 81_559],
  ["h100-nvl", 95_830],
  ["h200", 143_771],
  ["b200", 183_359],
  ["gh200-480gb", 97_871],
  ["l40s", 46_068],
  ["rtx-a6000", 49_140],
  ["rtx-4000-ada-generation", 20_475],
  ["rtx-pro-6000-blackwell-workstation-edition", 97_887],
  ["tesla-t4", 15_360],
  ["tesla-p40", 23_040],
  ["radeon-rx-7900-xtx", 24_560],
  ["radeon-rx-9070-xt", 16_304],
  ["instinct-mi100", 32_752],
  ["arc-b580", 12_216],
])("%s reports %i MiB", (id, memoryMiB) => {
  expect(bytesToMib(valueOf(shippedCard(id)?.memoryBytes))).toBe(memoryMiB);
});

describe("memory", () => {
  test("what is reported is near the label: an 80 GB card may mean either unit, less ECC", () => {
    const far = idsWhere(({ memoryBytes, memoryLabelGB }) => {
      if (memoryLabelGB === null || !isKnown(memoryBytes)) return false;
      const ratio = bytesToGib(memoryBytes.value) / memoryLabelGB;
      return ratio < 0.92 || ratio > 1.03;
    });
    expect(far).toEqual([]);
  });

  test("a dedicated card's memory is known", () => {
    expect(
      idsWhere(({ memoryKind, memoryBytes }) => memoryKind === "dedicated" && !isKnown(memoryBytes)),
    ).toEqual([]);
  });

  test("unified memory of the buyer's choice is not guessed", () => {
    const apple = cards.filter(({ vendor }) => vendor === "apple");
    expect(apple.filter(({ memoryKind }) => memoryKind !== "unified")).toEqual([]);
    expect(apple.filter(({ memoryBytes }) => isKnown(memoryBytes))).toEqual([]);
    const strixHalo = cards.filter(({ gfxTarget }) => isKnown(gfxTarget) && gfxTarget.value === "gfx1151");
    expect(strixHalo.map(({ memoryKind, memoryBytes }) => [memoryKind, isKnown(memoryBytes)])).toEqual(
      Array<unknown>(3).fill(["unified", false]),
    );
  });
});

/** Gbit/s a pin carries, from the slowest to the fastest part of each kind of memory that cards were built with. */
const PIN_RATES: Readonly<Record<string, readonly [number, number]>> = {
  DDR3: [1.3, 2.2],
  DDR4: [2, 3.2],
  LPDDR4: [3.1, 4.3],
  LPDDR4X: [3.1, 4.3],
  LPDDR5: [4.2, 6.5],
  LPDDR5X: [7.5, 10.7],
  GDDR5: [3.6, 9.2],
  GDDR5X: [9, 12],
  GDDR6: [10, 20.2],
  GDDR6X: [19, 24],
  GDDR7: [18, 32],
  HBM: [1, 1],
  HBM2: [1.4, 2.5],
  HBM2e: [2.4, 3.7],
  HBM3: [4.8, 6.5],
  HBM3e: [6.2, 9.8],
};

describe("bandwidth", () => {
  test("it is the bus width times a pin rate of that kind of memory", () => {
    const checked = cards.filter(
      ({ memoryBandwidthBytesPerSecond, memoryBusBits, memoryType }) =>
        isKnown(memoryBandwidthBytesPerSecond) && isKnown(memoryBusBits) && isKnown(memoryType),
    );
    expect(checked.length).toBeGreaterThanOrEqual(520);
    const implausible = checked.filter(({ memoryBandwidthBytesPerSecond, memoryBusBits, memoryType }) => {
      const [slowest, fastest] = PIN_RATES[isKnown(memoryType) ? memoryType.value : ""] ?? [NaN, NaN];
      const pinGbitPerSecond =
        (bytesToGb(valueOf(memoryBandwidthBytesPerSecond)) * 8) / valueOf(memoryBusBits);
      return !(pinGbitPerSecond >= slowest * 0.99 && pinGbitPerSecond <= fastest * 1.01);
    });
    expect(implausible.map(({ id }) => id)).toEqual([]);
  });

  test("it is within what has been built", () => {
    const outside = idsWhere(({ memoryBandwidthBytesPerSecond: bandwidth }) => {
      const gbPerSecond = bytesToGb(valueOf(bandwidth));
      return gbPerSecond < 14 || gbPerSecond > 8000;
    });
    expect(outside).toEqual([]);
  });

  test.each([
    ["geforce-rtx-4090", 1008],
    ["geforce-rtx-4090-laptop", 576],
    ["geforce-rtx-3090", 936.2],
    ["geforce-rtx-5060", 448],
    ["radeon-rx-9070", 640],
    ["radeon-8060s", 256],
    ["apple-m2-ultra-76-core", 800],
    ["apple-m3-max-30-core", 300],
    ["instinct-mi300x", 5300],
    ["instinct-mi250x", 1640],
    ["arc-a770", 560],
  ])("%s has %d GB/s", (id, gbPerSecond) => {
    expect(bytesToGb(valueOf(shippedCard(id)?.memoryBandwidthBytesPerSecond))).toBe(gbPerSecond);
  });
});

describe("compute", () => {
  test.each([
    ["geforce-rtx-4090", 165.2, 330.3],
    ["geforce-rtx-3090", 71.2, 142.3],
    ["a100-sxm4-80gb", 312, NaN],
    ["tesla-t4", 65.1, NaN],
  ])("%s does %d TFLOPS in FP16 with FP32 sums", (id, tflops, fp16SumTflops) => {
    expect(valueOf(shippedCard(id)?.fp16TensorFlops) / 1e12).toBe(tflops);
    if (!Number.isNaN(fp16SumTflops)) {
      expect(valueOf(shippedCard(id)?.fp16TensorFp16SumFlops) / 1e12).toBe(fp16SumTflops);
    }
  });

  test("lower precision is no slower than FP16, and FP16 on tensor cores no slower than FP32 without", () => {
    const wrong = idsWhere((card) => {
      const fp16 = valueOf(card.fp16TensorFlops);
      const others = [card.fp16TensorFp16SumFlops, card.fp8TensorFlops, card.int8TensorOps].map(valueOf);
      const isSlower = others.some((flops) => flops < fp16 * 0.99);
      return isSlower || (card.vendor === "nvidia" && fp16 < valueOf(card.fp32Flops) * 0.98);
    });
    expect(wrong).toEqual([]);
  });

  test("compute capability is NVIDIA's, the gfx target AMD's", () => {
    const capable = cards.filter(({ computeCapability }) => isKnown(computeCapability));
    expect(new Set(capable.map(({ vendor }) => vendor))).toEqual(new Set(["nvidia"]));
    const targeted = cards.filter(({ gfxTarget }) => isKnown(gfxTarget));
    expect(new Set(targeted.map(({ vendor }) => vendor))).toEqual(new Set(["amd"]));
    expect(
      idsWhere(
        ({ computeCapability, gfxTarget }) =>
          (isKnown(computeCapability) && !/^\d+\.\d$/.test(computeCapability.value)) ||
          (isKnown(gfxTarget) && !/^gfx[0-9a-f]{3,4}$/.test(gfxTarget.value)),
      ),
    ).toEqual([]);
  });
});

test("PCI ids are the maker's own, each once", () => {
  const prefixes = { nvidia: "10de:", amd: "1002:", intel: "8086:", apple: "none", other: "none" };
  const foreign = idsWhere(({ vendor, pciIds }) =>
    pciIds.some((pciId) => !pciId.startsWith(prefixes[vendor])),
  );
  expect(foreign).toEqual([]);
  expect(idsWhere(({ pciIds }) => new Set(pciIds).size !== pciIds.length)).toEqual([]);
  expect(cards.filter(({ pciIds }) => pciIds.length > 0).length).toBeGreaterThanOrEqual(440);
});
