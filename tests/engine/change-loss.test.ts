import { expect, test } from "vitest";
import type { Change, Lever } from "#engine/cheapest-change.ts";
import { changeLoss, type ChangedModel } from "#engine/change-loss.ts";
import type { Quality } from "#engine/quality.ts";

const QUALITY: Quality = {
  tasks: [],
  benchmarks: [],
  taskLossFactors: [],
  quantizationLosses: [
    {
      quantization: "Q6_K",
      sizeClass: "2b-to-10b",
      points: 0.25,
      low: 0,
      high: 0.5,
      basis: "measured",
      modelCount: 3,
    },
    {
      quantization: "Q4_K_M",
      sizeClass: "2b-to-10b",
      points: 1.25,
      low: 0.5,
      high: 2,
      basis: "measured",
      modelCount: 3,
    },
  ],
  kvCacheLosses: [
    { kvCacheType: "q8_0", points: 0.5, low: 0.125, high: 0.875, basis: "measured", modelCount: 2 },
  ],
};

const Q4: Lever = { kind: "quantization", quantization: "Q4_K_M", loss: "quality" };
const Q3: Lever = { kind: "quantization", quantization: "Q3_K_M", loss: "quality" };
const CACHE: Lever = { kind: "kv-cache-type", kvCacheType: "q8_0", loss: "little-quality" };
const OFFLOAD: Lever = { kind: "offload", loss: "speed" };

const changeOf = (...levers: readonly Lever[]): Change => ({ levers, gainedBytes: 0, cost: 0 });

test.each<[string, Change, ChangedModel, ReturnType<typeof changeLoss>]>([
  [
    "a cache type",
    changeOf(CACHE),
    { quantization: "BF16", parameterCount: 8e9 },
    { points: 0.5, low: 0.125, high: 0.875 },
  ],
  [
    "a packing, from what was released",
    changeOf(Q4),
    { quantization: "BF16", parameterCount: 8e9 },
    { points: 1.25, low: 0.5, high: 2 },
  ],
  [
    "a packing, from one that costs something already",
    changeOf(Q4),
    { quantization: "Q6_K", parameterCount: 8e9 },
    { points: 1, low: 0.25, high: 1.75 },
  ],
  // 0.5 + 1.25; half-widths add up as independent ones: √(0.375² + 0.75²) = 0.8385
  [
    "both",
    changeOf(CACHE, Q4),
    { quantization: "BF16", parameterCount: 8e9 },
    { points: 1.75, low: 1.75 - 0.8385255, high: 1.75 + 0.8385255 },
  ],
  ["what costs no quality", changeOf(OFFLOAD), { quantization: "BF16", parameterCount: 8e9 }, null],
  ["a packing of which nothing is known", changeOf(Q3), { quantization: "BF16", parameterCount: 8e9 }, null],
  ["a model of unknown size", changeOf(Q4), { quantization: "BF16", parameterCount: null }, null],
])("%s", (_case, change, model, expected) => {
  const loss = changeLoss(change, model, QUALITY);
  if (loss === null || expected === null) expect(loss).toBe(expected);
  else {
    expect(loss.points).toBeCloseTo(expected.points, 6);
    expect(loss.low).toBeCloseTo(expected.low, 6);
    expect(loss.high).toBeCloseTo(expected.high, 6);
  }
});
