import { expect, test } from "vitest";
import type { Change } from "../../src/engine/cheapest-change.ts";
import type { Lever } from "../../src/engine/lever.ts";
import { rankedChanges } from "../../src/advice/reasons/change-cost.ts";
import { changeLoss, type Changed } from "../../src/advice/reasons/change-loss.ts";
import { rankedChangeText } from "../../src/shared/advice-text.ts";
import { changeEffect } from "../../src/shared/change-text.ts";
import { fixtureModel } from "../fixtures/model.ts";
import { data, modelNamed, questionOn } from "./catalog-data.ts";
import type { Model } from "../../src/engine/model.ts";
import type { Quality } from "../../src/engine/quality.ts";

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

const MODEL: Model = { ...fixtureModel("llama-3-8b"), parameterCount: { value: 8e9, source: "test" } };
const OF_UNKNOWN_SIZE: Model = { ...MODEL, parameterCount: { missing: "not published" } };
const from = (quantization: Changed["quantization"], change: Partial<Changed> = {}): Changed => ({
  model: MODEL,
  quantization,
  task: "general",
  ...change,
});

test.each<[string, Change, Changed, ReturnType<typeof changeLoss>]>([
  ["a cache type", changeOf(CACHE), from("BF16"), { points: 0.5, low: 0.125, high: 0.875 }],
  ["a packing, from what was released", changeOf(Q4), from("BF16"), { points: 1.25, low: 0.5, high: 2 }],
  [
    "a packing, from one that costs something already",
    changeOf(Q4),
    from("Q6_K"),
    { points: 1, low: 0.25, high: 1.75 },
  ],
  // 0.5 + 1.25; half-widths add up as independent ones: √(0.375² + 0.75²) = 0.8385
  [
    "both",
    changeOf(CACHE, Q4),
    from("BF16"),
    { points: 1.75, low: 1.75 - 0.8385255, high: 1.75 + 0.8385255 },
  ],
  ["what costs no quality", changeOf(OFFLOAD), from("BF16"), { points: 0, low: 0, high: 0 }],
  ["a packing of which nothing is known", changeOf(Q3), from("BF16"), null],
  ["a model of unknown size", changeOf(Q4), from("BF16", { model: OF_UNKNOWN_SIZE }), null],
])("%s", (_case, change, model, expected) => {
  const loss = changeLoss(change, model, QUALITY);
  if (loss === null || expected === null) expect(loss).toBe(expected);
  else {
    expect(loss.points).toBeCloseTo(expected.points, 6);
    expect(loss.low).toBeCloseTo(expected.low, 6);
    expect(loss.high).toBeCloseTo(expected.high, 6);
  }
});

test("a price is of the task, and the same wherever it is named", () => {
  const question = questionOn("12 GB card", { task: "mathematics-reasoning" });
  const asked = { ...question, model: modelNamed("qwen3-32b") };
  const ranked = rankedChanges(asked, "Q4_K_M", question, data);
  const packing = ranked.find(({ change }) => change.levers.some(({ kind }) => kind === "quantization"));
  if (packing === undefined) throw new Error("no coarser packing holds");
  const { change, loss } = packing;
  const changed = { model: asked.model, quantization: "Q4_K_M", task: "mathematics-reasoning" } as const;
  expect(loss).toEqual(changeLoss(change, changed, data.quality));
  expect(loss?.points).not.toBeCloseTo(
    changeLoss(change, { ...changed, task: "general" }, data.quality)?.points ?? 0,
    1,
  );
  expect(rankedChangeText(packing)).toContain(changeEffect(change, loss));
});
