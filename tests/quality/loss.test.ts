import { describe, expect, test } from "vitest";
import { KV_CACHE_TYPES } from "#engine/kv-cache-type.ts";
import { kvCacheLoss, MODEL_SIZE_CLASSES, quantizationLoss } from "#engine/quality.ts";
import { QUANTIZATION_LADDER, quantizationNames, QUANTIZATIONS } from "#engine/quantization.ts";
import { hasCollection, LOSSES_FILE } from "./checks/data.ts";
import { shippedQuality } from "./checks/shipped.ts";
import { evidenceOf } from "./loss/evidence.ts";
import { readLossRows } from "./loss/loss-row.ts";
import { quantizationLosses } from "./loss/loss-table.ts";
import { cacheType, packingName } from "./loss/packing-name.ts";

const quality = shippedQuality();
/** A model in the middle of each class. */
const SIZES = { "under-2b": 1e9, "2b-to-10b": 8e9, "10b-to-40b": 27e9, "over-40b": 70e9 };
/** MXFP4 is what a few models are released in, a loss of nothing for them; of others it was not measured. */
const LADDER = QUANTIZATION_LADDER.filter((name) => name !== "MXFP4_MOE");

function points(name: (typeof LADDER)[number], size: number): number {
  return quantizationLoss(quality, name, size)?.points ?? NaN;
}

describe("losses that ship", () => {
  test("every GGUF packing has one in every size class, and every cache type", () => {
    const gguf = quantizationNames().filter((name) => QUANTIZATIONS[name].format === "gguf");
    const without = gguf.filter((name) =>
      Object.values(SIZES).some((size) => quantizationLoss(quality, name, size) === null),
    );
    expect(without).toEqual([]);
    expect(quality.kvCacheLosses.map(({ kvCacheType }) => kvCacheType).sort()).toEqual(
      [...KV_CACHE_TYPES].sort(),
    );
  });

  test.each(MODEL_SIZE_CLASSES.map(({ name }) => name))("down the ladder they grow, %s", (sizeClass) => {
    const losses = LADDER.map((name) => points(name, SIZES[sizeClass]));
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    expect(losses[0]).toBeLessThan(0.2);
    expect(losses.at(-1)).toBeGreaterThan(3);
  });

  test.each(LADDER)("larger models lose less, %s", (name) => {
    const losses = Object.values(SIZES).map((size) => points(name, size));
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    expect(losses[0]).toBeGreaterThan(losses[3] ?? NaN);
  });

  test.each([
    ["Q8_0", 0, 0.1], // MMLU of Llama-3-8B-Instruct: 65.20 at 16 bit, 65.23
    ["Q4_K_M", 0.15, 0.6], // 64.64, 0.30 points
    ["IQ3_XXS", 1.5, 3], // 60.52, 2.5 points
    ["Q2_K", 2.5, 6], // 55.90, 5.0 points
    ["AWQ", 0.4, 1.4],
    ["GPTQ", 0.4, 1.4],
  ] as const)("%s costs a model of 8B between %d and %d points", (name, least, most) => {
    const loss = quantizationLoss(quality, name, 8e9);
    expect(loss?.points).toBeGreaterThanOrEqual(least);
    expect(loss?.points).toBeLessThanOrEqual(most);
    expect(loss?.basis).toBe("measured");
  });

  test("what was not measured says so", () => {
    expect(quantizationLoss(quality, "Q4_K_M", 1e9)).toMatchObject({ basis: "interpolated", modelCount: 0 });
    expect(kvCacheLoss(quality, "q5_0")).toMatchObject({ basis: "interpolated", modelCount: 0 });
  });

  test("an 8-bit cache costs next to nothing, a 4-bit one less than a point", () => {
    expect(kvCacheLoss(quality, "f16")).toMatchObject({ points: 0, low: 0, high: 0 });
    expect(kvCacheLoss(quality, "q8_0")?.high).toBeLessThan(0.2);
    expect(kvCacheLoss(quality, "q4_0")?.points).toBeGreaterThan(kvCacheLoss(quality, "q8_0")?.high ?? NaN);
    expect(kvCacheLoss(quality, "q4_0")?.high).toBeLessThan(1);
  });
});

const ROW = {
  model: "owner/Model-8B",
  packing: "Q4_K_M",
  source: "owner/name:README.md",
  date: "2024-05",
  licence: "MIT",
  kind: "weights",
  note: "",
} as const;

describe("evidence", () => {
  test("a divergence of 0.01 is 0.142 points", () => {
    const evidence = evidenceOf({ ...ROW, metric: "mean KLD", value: 0.01, changePercent: null });
    expect(evidence).toMatchObject({ kind: "divergence" });
    expect(evidence?.kind === "divergence" && Math.exp(evidence.logPoints)).toBeCloseTo(0.142, 6);
  });

  test("MMLU from 65.2 to 60.52 is 2.5 points, give or take 0.14", () => {
    const changePercent = (60.52 / 65.2 - 1) * 100;
    const evidence = evidenceOf({ ...ROW, metric: "MMLU %", value: 60.52, changePercent });
    // above guessing: 0.536 and 0.4736; log-odds 0.1442 and −0.1057
    expect(evidence?.kind === "accuracy" && evidence.points).toBeCloseTo(2.5, 2);
    expect(evidence?.kind === "accuracy" && evidence.deviation).toBeCloseTo(0.128, 2);
  });

  test.each([
    ["a perplexity that fell", { metric: "PPL wikitext-2 (512 ctx)", value: 6.2, changePercent: -0.5 }],
    ["an increase without its base", { metric: "PPL wikitext-2 increase", value: 0.05, changePercent: null }],
    ["what is neither", { metric: "same top token %", value: 92, changePercent: null }],
    ["a model that guesses", { metric: "MMLU %", value: 26, changePercent: -1 }],
  ])("%s says nothing", (_, figures) => {
    expect(evidenceOf({ ...ROW, ...figures })).toBeNull();
  });
});

test.each([
  ["Q4_K_M+imatrix", "Q4_K_M"],
  ["bartowski Q4_K_S", "Q4_K_S"],
  ["Q5_K pure+imatrix", "Q5_K_S"],
  ["IQ3_XXS", "IQ3_XXS"],
  ["GPTQ-Int4", "GPTQ"],
  ["AWQ4-g128", "AWQ"],
  ["FP8 block RTN", "FP8"],
  ["Q4_K_M (AutoRound)", null],
  ["unsloth UD-Q4_K_XL", null],
  ["FP8 (weights and KV)", null],
  ["MLX q4", "MLX_4BIT"],
  ["EXL2 5.00 bpw", "EXL2_5BPW"],
  ["AQLM 2-bit", null],
] as const)("%s is the catalog's %s", (written, name) => {
  expect(packingName(written)).toBe(name);
});

test.each([
  ["K q8_0, V q8_0 (rotated)", "q8_0"],
  ["weights f16, K q8_0, V f16", null],
  ["weights 16 bpw, KV Q4 (Hadamard)", "q4_0"],
  ["weights 16 bpw, KV FP8", "fp8"],
] as const)("a cache of %s is %s", (written, type) => {
  expect(cacheType(written)).toBe(type);
});

describe.skipIf(!hasCollection)("the losses that ship are what the script finds", () => {
  test("up to the chance of its draws", { timeout: 60_000 }, () => {
    const found = new Map(
      quantizationLosses(readLossRows(LOSSES_FILE)).losses.map((loss) => [
        `${loss.quantization} ${loss.sizeClass}`,
        loss.points,
      ]),
    );
    for (const { quantization, sizeClass, points: shipped } of quality.quantizationLosses) {
      const now = found.get(`${quantization} ${sizeClass}`) ?? NaN;
      expect(Math.abs(now - shipped), `${quantization} ${sizeClass}`).toBeLessThan(0.02 + 0.15 * shipped);
    }
  });
});
