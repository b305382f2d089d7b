import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import type { Fit, Placement, Verdict } from "#engine/fit.ts";
import type { Accelerator } from "#engine/machine.ts";
import { KV_CACHE_TYPES, type KvCacheType } from "#engine/kv-cache-type.ts";
import { valueCacheRefusal } from "#engine/memory/value-cache.ts";
import { demandBytes, demandOf, partsBytes } from "#engine/placement/demand.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { VERDICT_GROUPS, verdictGroup } from "#engine/ranking.ts";
import { DEFAULT_SCENARIO, SPLITS, type Extras, type Scenario } from "#engine/scenario.ts";
import { gibToBytes } from "#engine/units.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { ARCHITECTURES, type ArchitectureName } from "../fixtures/architectures.ts";
import { cardOf, machineOf, unifiedGpu } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";
import { PROPERTY_TIMEOUT_MS, RUN_COUNT } from "../fixtures/run-count.ts";

vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

const IDS = Object.keys(ARCHITECTURES).filter((id): id is ArchitectureName => id in ARCHITECTURES);

const EXTRAS: Extras = {
  projector: false,
  mtp: false,
  draft: { modelId: "gemma-2b", architecture: ARCHITECTURES["gemma-2b"], quantization: "Q8_0" },
  loraRank: null,
};

const ids = fc.constantFrom(...IDS);
const quantizations = fc.constantFrom<QuantizationName>("F16", "Q8_0", "Q4_K_M", "IQ2_XXS", "AWQ");
const kvTypes = fc.constantFrom(...KV_CACHE_TYPES);
const cardGiB = fc.integer({ min: 1, max: 96 });
const ramGiB = fc.integer({ min: 1, max: 512 });

function scenariosWith(types: fc.Arbitrary<KvCacheType>): fc.Arbitrary<Scenario> {
  return fc
    .record({
      contextLength: fc.integer({ min: 1, max: 262_144 }),
      keyCacheType: types,
      valueCacheType: types,
      lowestQuantization: fc.constantFrom<QuantizationName>("Q8_0", "Q4_K_M", "IQ2_XXS"),
      microBatchSize: fc.constantFrom(128, 512, 2048),
      flashAttention: fc.boolean(),
      parallelSequenceCount: fc.integer({ min: 1, max: 8 }),
    })
    .map(startable);
}

/** llama.cpp does not start with quantised values and without flash attention. */
function startable(scenario: Scenario): Scenario {
  return valueCacheRefusal(scenario) === null ? scenario : { ...scenario, flashAttention: true };
}

const runtimes = fc.constantFrom(...SHIPPED.runtimes);

/** Under a runtime of the catalog, with cache types it has, spread in either way, and at times with a draft model. */
const runtimeScenarios: fc.Arbitrary<Scenario> = runtimes.chain((runtime) =>
  fc
    .tuple(
      scenariosWith(fc.constantFrom(...runtime.cache.types)),
      fc.constantFrom(...SPLITS),
      fc.constantFrom(undefined, EXTRAS),
    )
    .map(([scenario, split, extras]) =>
      startable({ ...scenario, runtime, split, ...(extras === undefined ? {} : { extras }) }),
    ),
);

/** What the laws are asked of: llama.cpp as it comes, and every runtime of the catalog. */
const ASKED = [
  ["llama.cpp by default", scenariosWith(kvTypes)],
  ["the runtimes of the catalog", runtimeScenarios],
] as const;

const [[, scenarios]] = ASKED;

/** Machines of some cards, or of one GPU of unified memory, by sizes in GiB. */
const machines = fc.oneof(
  fc.record({
    cardsGiB: fc.array(cardGiB, { maxLength: 4 }),
    unifiedGiB: fc.constant(null),
    ramGiB,
  }),
  fc.record({ cardsGiB: fc.constant<number[]>([]), unifiedGiB: fc.integer({ min: 8, max: 512 }), ramGiB }),
);

interface Sizes {
  readonly cardsGiB: readonly number[];
  readonly unifiedGiB: number | null;
  readonly ramGiB: number;
}

function fitOn(id: ArchitectureName, sizes: Sizes, scenario: Scenario): Fit {
  return estimateFit(fixtureModel(id), machineOf(acceleratorsOf(sizes), sizes.ramGiB), scenario);
}

function acceleratorsOf({ cardsGiB, unifiedGiB }: Sizes): readonly Accelerator[] {
  const cards = cardsGiB.map((size, index) => cardOf(`card ${index}`, gibToBytes(size)));
  return unifiedGiB === null ? cards : [...cards, unifiedGpu("apple", gibToBytes(unifiedGiB))];
}

/** Smaller is better. */
function rankOf(verdict: Verdict): number {
  return VERDICT_GROUPS.indexOf(verdictGroup(verdict));
}

function check<Ts extends [unknown, ...unknown[]]>(property: fc.IPropertyWithHooks<Ts>): void {
  fc.assert(property, { numRuns: RUN_COUNT });
}

describe.each(ASKED)("need, %s", (_name, asked) => {
  test("more context never needs less", () => {
    check(
      fc.property(ids, quantizations, asked, fc.nat(65_536), (id, quantization, scenario, more) => {
        const longer = { ...scenario, contextLength: scenario.contextLength + more };
        const needed = demandBytes(demandOf(ARCHITECTURES[id], quantization, scenario));
        expect(demandBytes(demandOf(ARCHITECTURES[id], quantization, longer))).toBeGreaterThanOrEqual(needed);
      }),
    );
  });

  test("more sequences, or a larger micro-batch, never need less", () => {
    check(
      fc.property(ids, asked, fc.integer({ min: 1, max: 4 }), (id, scenario, factor) => {
        const needed = demandBytes(demandOf(ARCHITECTURES[id], "Q4_K_M", scenario));
        const { parallelSequenceCount, microBatchSize } = scenario;
        const wider = [
          { ...scenario, parallelSequenceCount: parallelSequenceCount * factor },
          { ...scenario, microBatchSize: microBatchSize * factor },
        ];
        const needs = wider.map((each) => demandBytes(demandOf(ARCHITECTURES[id], "Q4_K_M", each)));
        expect(Math.min(...needs)).toBeGreaterThanOrEqual(needed);
      }),
    );
  });

  test("swapping the types of K and V swaps their bytes", () => {
    check(
      fc.property(ids, asked, (id, scenario) => {
        const { keyCacheType, valueCacheType } = scenario;
        const kvBytes = (keys: Scenario["keyCacheType"], values: Scenario["valueCacheType"]): number =>
          demandOf(ARCHITECTURES[id], "F16", {
            ...scenario,
            keyCacheType: keys,
            valueCacheType: values,
          }).layers.reduce((sum, layer) => sum + layer.kvCacheBytes, 0);
        const swapped = kvBytes(valueCacheType, keyCacheType);
        const whole = kvBytes(keyCacheType, keyCacheType) + kvBytes(valueCacheType, valueCacheType);
        // Latent caches hold no values, so that only the keys' type counts there; the sum is the same for all.
        expect(kvBytes(keyCacheType, valueCacheType) + swapped).toBeCloseTo(whole, -1);
      }),
    );
  });
});

describe.each(ASKED)("verdict, %s", (_name, asked) => {
  test("more memory never worsens it", () => {
    check(
      fc.property(
        ids,
        machines,
        asked,
        fc.tuple(fc.nat(64), fc.nat(64)),
        (id, sizes, scenario, [moreCard, moreRam]) => {
          const larger: Sizes = {
            cardsGiB: sizes.cardsGiB.map((size, index) => (index === 0 ? size + moreCard : size)),
            unifiedGiB: sizes.unifiedGiB === null ? null : sizes.unifiedGiB + moreCard,
            ramGiB: sizes.ramGiB + (sizes.unifiedGiB === null ? moreRam : moreCard + moreRam),
          };
          const before = fitOn(id, sizes, scenario).verdict;
          expect(rankOf(fitOn(id, larger, scenario).verdict)).toBeLessThanOrEqual(rankOf(before));
        },
      ),
    );
  });

  test("one more card never worsens it", () => {
    check(
      fc.property(ids, machines, asked, cardGiB, (id, sizes, scenario, size) => {
        fc.pre(sizes.unifiedGiB === null && sizes.cardsGiB.length > 0);
        const larger = { ...sizes, cardsGiB: [...sizes.cardsGiB, size] };
        const before = fitOn(id, sizes, scenario).verdict;
        expect(rankOf(fitOn(id, larger, scenario).verdict)).toBeLessThanOrEqual(rankOf(before));
      }),
    );
  });

  test("one card split in two never gains", () => {
    check(
      fc.property(ids, fc.integer({ min: 2, max: 96 }), ramGiB, asked, (id, size, ram, scenario) => {
        const machine = (cardsGiB: readonly number[]): Sizes => ({ cardsGiB, unifiedGiB: null, ramGiB: ram });
        const whole = fitOn(id, machine([size]), scenario).verdict;
        const split = fitOn(id, machine([size / 2, size / 2]), scenario).verdict;
        fc.pre(isHere(whole) || isHere(split));
        expect(rankOf(split)).toBeGreaterThanOrEqual(rankOf(whole));
      }),
    );
  });

  test("a shorter context never worsens it", () => {
    check(
      fc.property(ids, machines, asked, (id, sizes, scenario) => {
        const shorter = { ...scenario, contextLength: Math.ceil(scenario.contextLength / 2) };
        const before = fitOn(id, sizes, scenario).verdict;
        expect(rankOf(fitOn(id, sizes, shorter).verdict)).toBeLessThanOrEqual(rankOf(before));
      }),
    );
  });
});

/** Whether it runs on this machine: elsewhere, more and smaller cards are another question. */
function isHere(verdict: Verdict): boolean {
  return rankOf(verdict) <= VERDICT_GROUPS.indexOf("runs-with-offload");
}

describe.each(ASKED)("placement, %s", (_name, asked) => {
  test("parts sum to the total, no device holds more than it can, every layer is somewhere", () => {
    check(
      fc.property(ids, machines, asked, (id, sizes, scenario) => {
        const { memory, placement, verdict } = fitOn(id, sizes, scenario);
        if (memory === null) {
          expect(scenario.runtime).toBeDefined(); // it refuses this machine; every fixture is known
          expect(verdict.kind).toBe("unknown");
          return;
        }
        const { totalBytes, ...parts } = memory;
        expect(Object.values(parts).reduce((sum, bytes) => sum + bytes, 0)).toBe(totalBytes);
        for (const device of placement.devices) {
          expect(device.usedBytes).toBeLessThanOrEqual(device.capacityBytes - device.marginBytes);
          expect(partsBytes(device.parts)).toBe(device.usedBytes);
        }
        if (placement.kind === "none") return;
        const usedBytes = placement.devices.reduce((sum, device) => sum + device.usedBytes, 0);
        expect(usedBytes).toBe(totalBytes);
        const layerCount = placement.devices.reduce((sum, device) => sum + device.layerCount, 0);
        const copies = placement.kind === "tensor-parallel" ? cardCountOf(placement) : 1;
        expect(layerCount).toBe(demandOf(ARCHITECTURES[id], "F16", scenario).layers.length * copies);
      }),
    );
  });

  test("unified memory is never counted twice: GPU and RAM together hold no more than there is", () => {
    check(
      fc.property(ids, fc.integer({ min: 8, max: 512 }), asked, (id, size, scenario) => {
        const { placement } = fitOn(id, { cardsGiB: [], unifiedGiB: size, ramGiB: size }, scenario);
        const usedBytes = placement.devices.reduce((sum, device) => sum + device.usedBytes, 0);
        const capacityBytes = placement.devices.reduce((sum, device) => sum + device.capacityBytes, 0);
        expect(usedBytes).toBeLessThanOrEqual(gibToBytes(size));
        expect(capacityBytes).toBeLessThanOrEqual(gibToBytes(size));
      }),
    );
  });
});

/** Cards of a split by tensors, each of which works on every layer. */
function cardCountOf({ devices }: Placement): number {
  return devices.filter(({ memoryKind }) => memoryKind !== "system").length;
}

test("a missing fact yields unknown, or an answer that does not rest on it", () => {
  check(
    fc.property(ids, cardGiB, scenarios, (id, size, scenario) => {
      const card = cardOf("card", gibToBytes(size));
      const { verdict, placement } = estimateFit(fixtureModel(id), machineOf([card], null), scenario);
      expect(placement.devices.map((device) => device.memoryKind)).not.toContain("system");
      expect(["fits", "needs-quantization", "unknown"]).toContain(verdict.kind);
    }),
  );
});

test("the default scenario is what llama.cpp takes by default, at 8,192 tokens", () => {
  expect(DEFAULT_SCENARIO).toMatchObject({ contextLength: 8192, microBatchSize: 512, flashAttention: true });
});
