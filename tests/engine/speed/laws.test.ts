import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { expandLayers } from "#engine/memory/tensors.ts";
import { cacheReadBytesByLayer } from "#engine/speed/cache-reads.ts";
import { estimateSpeed, type KnownSpeed } from "#engine/speed/estimate-speed.ts";
import type { SpeedQuestion } from "#engine/speed/question.ts";
import { weightReadBytes, weightReadsOf } from "#engine/speed/weight-reads.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { ARCHITECTURES, type ArchitectureName } from "../../fixtures/architectures.ts";
import { PROPERTY_TIMEOUT_MS, RUN_COUNT } from "../../fixtures/run-count.ts";
import { card, placement, question, ram } from "./fixtures.ts";
import { SHIPPED_SPEED } from "./shipped.ts";

fc.configureGlobal({ numRuns: RUN_COUNT });
vi.setConfig({ testTimeout: PROPERTY_TIMEOUT_MS });

const ids = fc.constantFrom(
  ...Object.keys(ARCHITECTURES).filter((id): id is ArchitectureName => id in ARCHITECTURES),
);
const quantizations = fc.constantFrom<QuantizationName>("F16", "Q8_0", "Q4_K_M", "IQ2_XXS", "AWQ");
const bandwidths = fc.integer({ min: 50, max: 8000 }).map((gigabytes) => gigabytes * 1e9);
const depths = fc.integer({ min: 0, max: 262_144 });
const generations = fc.constantFrom("ada", "ampere", "pascal", "hopper", "unheard-of");

/** A placement of a model's layers with a bandwidth for each device, RAM last. */
interface Placed {
  readonly id: ArchitectureName;
  readonly quantization: QuantizationName;
  readonly generation: string;
  readonly cards: readonly number[];
  readonly ramBandwidth: number | null;
  readonly shareInRam: number;
  readonly depth: number;
}

const placed: fc.Arbitrary<Placed> = fc.record({
  id: ids,
  quantization: quantizations,
  generation: generations,
  cards: fc.array(bandwidths, { minLength: 1, maxLength: 4 }),
  ramBandwidth: fc.option(fc.integer({ min: 10, max: 600 }).map((gigabytes) => gigabytes * 1e9)),
  shareInRam: fc.double({ min: 0, max: 1, noNaN: true }),
  depth: depths,
});

function questionOf({
  id,
  quantization,
  generation,
  cards,
  ramBandwidth,
  shareInRam,
  depth,
}: Placed): SpeedQuestion {
  const layerCount = expandLayers(ARCHITECTURES[id]).length;
  const inRam = ramBandwidth === null ? 0 : Math.floor(layerCount * shareInRam);
  const onCards = splitOver(layerCount - inRam, cards.length);
  const kind = ramBandwidth !== null ? "layer-offload" : cards.length > 1 ? "layer-split" : "single";
  return question({
    architecture: ARCHITECTURES[id],
    packing: { quantization, experts: "as-the-rest" },
    placement: placement(kind, onCards, ramBandwidth === null ? null : [inRam, 0]),
    devices: [
      ...cards.map((bandwidth) => card(bandwidth, { generation })),
      ...(ramBandwidth === null ? [] : [ram(ramBandwidth)]),
    ],
    depth,
    promptLength: Math.max(1, depth),
  });
}

function splitOver(count: number, parts: number): readonly number[] {
  return Array.from(
    { length: parts },
    (_unused, index) => Math.floor(((index + 1) * count) / parts) - Math.floor((index * count) / parts),
  );
}

function speed(asked: SpeedQuestion): KnownSpeed {
  const estimate = estimateSpeed(asked, SHIPPED_SPEED);
  if (estimate.kind === "missing") throw new Error(estimate.reason);
  return estimate;
}

/** Rates are compared with room for rounding in the last digits. */
const SLACK = 1 + 1e-9;

/* The laws hold for the constants that ship, not only for round ones. */
describe("laws of speed", () => {
  test("more context never decodes faster, at no point of the interval, and never answers sooner", () => {
    fc.assert(
      fc.property(placed, depths, (one, more) => {
        const less = speed(questionOf(one));
        const deeper = speed(questionOf({ ...one, depth: one.depth + more }));
        for (const end of ["low", "mid", "high"] as const) {
          expect(deeper.decodeTokensPerSecond[end]).toBeLessThanOrEqual(
            less.decodeTokensPerSecond[end] * SLACK,
          );
          expect((deeper.timeToFirstTokenSeconds?.[end] ?? 0) * SLACK).toBeGreaterThanOrEqual(
            less.timeToFirstTokenSeconds?.[end] ?? 0,
          );
        }
      }),
    );
  });

  test("a slower card, or slower RAM, never helps", () => {
    const slower = fc.double({ min: 0.1, max: 1, noNaN: true });
    fc.assert(
      fc.property(placed, slower, fc.nat(), (one, factor, which) => {
        const index = which % one.cards.length;
        const cards = one.cards.map((bandwidth, at) => (at === index ? bandwidth * factor : bandwidth));
        const slowerRam = one.ramBandwidth === null ? null : one.ramBandwidth * factor;
        const before = speed(questionOf(one));
        const after = speed(questionOf({ ...one, cards, ramBandwidth: slowerRam }));
        for (const end of ["low", "mid", "high"] as const) {
          expect(after.decodeTokensPerSecond[end]).toBeLessThanOrEqual(
            before.decodeTokensPerSecond[end] * SLACK,
          );
        }
      }),
    );
  });

  test("no figure passes bandwidth over bytes read, a measured machine's neither", () => {
    const calibrations = fc.option(fc.double({ min: 0.1, max: 3, noNaN: true }));
    fc.assert(
      fc.property(placed, calibrations, (one, secondsFactor) => {
        const alone = { ...one, cards: one.cards.slice(0, 1), ramBandwidth: null };
        const factor = secondsFactor === null ? null : { secondsFactor, fast: 0.5, slow: 1.5, pointCount: 1 };
        const asked = questionOf(alone);
        const { decodeTokensPerSecond } = speed({
          ...asked,
          calibration: factor === null ? null : { decode: factor, prefill: null },
        });
        const reads = weightReadsOf(asked.architecture, asked.packing);
        const cache = cacheReadBytesByLayer(asked.architecture, one.depth, asked);
        const bytes = (reads === null ? 0 : weightReadBytes(reads)) + cache.reduce((sum, of) => sum + of, 0);
        expect(decodeTokensPerSecond.high).toBeLessThanOrEqual(((alone.cards[0] ?? 0) / bytes) * SLACK);
        expect(decodeTokensPerSecond.low).toBeLessThanOrEqual(decodeTokensPerSecond.mid);
        expect(decodeTokensPerSecond.mid).toBeLessThanOrEqual(decodeTokensPerSecond.high);
      }),
    );
  });

  test("the order of identical cards does not matter", () => {
    fc.assert(
      fc.property(placed, fc.integer({ min: 2, max: 4 }), bandwidths, (one, count, bandwidth) => {
        const cards = Array.from({ length: count }, (_unused, index) =>
          card(bandwidth, { name: `card ${index}` }),
        );
        const asked = questionOf({ ...one, cards: cards.map(() => bandwidth), ramBandwidth: null });
        const forwards = speed({ ...asked, devices: cards });
        const backwards = speed({ ...asked, devices: [...cards].reverse() });
        expect(backwards).toEqual(forwards);
      }),
    );
  });

  test("more sequences never slow the whole, and never speed one up", () => {
    fc.assert(
      fc.property(placed, fc.integer({ min: 1, max: 16 }), (one, count) => {
        const alone = questionOf({ ...one, ramBandwidth: null });
        const fewer = speed({ ...alone, sequenceCount: count });
        const more = speed({ ...alone, sequenceCount: count + 1 });
        expect(more.decodeTokensPerSecond.mid).toBeLessThanOrEqual(fewer.decodeTokensPerSecond.mid * SLACK);
        expect(more.totalDecodeTokensPerSecond.mid * SLACK).toBeGreaterThanOrEqual(
          fewer.totalDecodeTokensPerSecond.mid,
        );
      }),
    );
  });
});
