import type { KvCacheType } from "#engine/kv-cache-type.ts";
import { MODEL_SIZE_CLASSES, modelSizeClass } from "#engine/quality.ts";
import type { KvCacheLoss, QualityLoss, QuantizationLoss, TaskLossFactor } from "#engine/quality.ts";
import { QUANTIZATIONS, quantizationNames, type QuantizationName } from "#engine/quantization.ts";
import { tensorBitsPerWeight } from "#engine/tensor-type.ts";
import { at, groupBy, Numbering, realAt } from "../sampler/arrays.ts";
import { randomFrom } from "../sampler/random.ts";
import { evidenceOf, type Evidence } from "./evidence.ts";
import type { LossRow } from "./loss-row.ts";
import { parameterCountOf } from "./model-size.ts";
import { KV_ORDER, QUANTIZATION_ORDER } from "./order.ts";
import { cacheType, packingName } from "./packing-name.ts";
import { sampleLosses, type LossCell, type LossProblem, type LossState } from "./sample-losses.ts";

const SEED = 5;
const WARM_UP = 1_000;
const DRAWS = 6_000;

/** What each packing costs each size class, and what mathematics and code lose on top. */
export function quantizationLosses(rows: readonly LossRow[]): {
  readonly losses: readonly QuantizationLoss[];
  readonly factors: readonly TaskLossFactor[];
} {
  const names = quantizationNames().filter((name) => !WHOLE.includes(name) && ALIAS[name] === undefined);
  const cells = cellsOf(
    rows.filter(({ kind }) => kind === "weights"),
    { names, nameOf: (written) => packingName(written) },
  );
  const draws = draw(cells, {
    bits: names.map((name) => tensorBitsPerWeight(QUANTIZATIONS[name].baseType)),
    order: QUANTIZATION_ORDER.map(([better, worse]) => [names.indexOf(better), names.indexOf(worse)]),
    sizeClassCount: MODEL_SIZE_CLASSES.length,
    typicalModelVariance: 0.15,
  });
  const losses = quantizationNames().flatMap((quantization) =>
    MODEL_SIZE_CLASSES.map(({ name: sizeClass }, index) => {
      const packing = names.indexOf(ALIAS[quantization] ?? quantization);
      const loss = packing < 0 ? NOTHING : summary(draws, cells, { packing, sizeClass: index });
      return { quantization, sizeClass, ...loss };
    }),
  );
  const factors = (["mathematics-reasoning", "code", "chat"] as const).map((task) => factorOf(draws, task));
  return { losses, factors };
}

/** What a cache of each type costs; the size of the model is not told apart, too few were measured. */
export function kvCacheLosses(rows: readonly LossRow[]): readonly KvCacheLoss[] {
  const names = ["q8_0", "fp8", "q5_1", "q5_0", "q4_1", "q4_0"] as const satisfies readonly KvCacheType[];
  const cells = cellsOf(rows.filter(({ kind }) => kind === "kv").map(withoutFloor), {
    names,
    nameOf: cacheType,
  }).map((cell) => ({ ...cell, sizeClass: 1 }));
  const draws = draw(cells, {
    bits: [8.5, 8, 6, 5.5, 5, 4.5],
    order: KV_ORDER.map(([better, worse]) => [names.indexOf(better), names.indexOf(worse)]),
    sizeClassCount: 2,
    typicalModelVariance: 0.6, // three or four models, one of them twenty times as sensitive as another
  });
  const whole = (["f32", "f16", "bf16"] as const).map((kvCacheType) => ({ kvCacheType, ...NOTHING }));
  return [
    ...whole,
    ...names.map((kvCacheType, packing) => ({
      kvCacheType,
      ...summary(draws, cells, { packing, sizeClass: 1 }),
    })),
  ];
}

/** 16 bits and more: what losses are measured from. */
const WHOLE: readonly QuantizationName[] = ["F32", "BF16", "F16"];
const NOTHING: QualityLoss = { points: 0, low: 0, high: 0, basis: "measured", modelCount: 0 };
/** The same values in another file format. */
const ALIAS: Readonly<Partial<Record<QuantizationName, QuantizationName>>> = { MXFP4_MOE: "MXFP4" };

/** llama.cpp PR 7412 stores its reference logits rounded: two runs of the same F16 cache differ by this much. */
const STORAGE_FLOOR = 0.000189;

function withoutFloor(row: LossRow): LossRow {
  const isRounded = row.metric === "mean KLD" && row.source.endsWith("PR 7412");
  return isRounded ? { ...row, value: row.value - STORAGE_FLOOR } : row;
}

interface Naming<Name extends string> {
  readonly names: readonly Name[];
  readonly nameOf: (written: string) => string | null;
}

interface Cell extends LossCell {
  readonly modelName: string;
}

function cellsOf<Name extends string>(
  rows: readonly LossRow[],
  { names, nameOf }: Naming<Name>,
): readonly Cell[] {
  const models = new Numbering();
  const cells = new Map<string, Omit<Cell, "evidence"> & { readonly evidence: Evidence[] }>();
  for (const row of rows) {
    const packing = names.findIndex((name) => name === nameOf(row.packing));
    const evidence = evidenceOf(row);
    if (packing < 0 || evidence === null) continue;
    const model = models.of(row.model);
    const sizeClassName = modelSizeClass(parameterCountOf(row.model));
    const sizeClass = MODEL_SIZE_CLASSES.findIndex(({ name }) => name === sizeClassName);
    const key = `${model} ${packing}`;
    const cell = cells.get(key) ?? { model, modelName: row.model, packing, sizeClass, evidence: [] };
    cell.evidence.push(evidence);
    cells.set(key, cell);
  }
  return [...cells.values()];
}

interface LossDraw {
  readonly packing: Float64Array;
  readonly sizeClass: Float64Array;
  /** What a model that was not measured adds. */
  readonly newModel: number;
  readonly task: LossState["task"];
}

function draw(
  cells: readonly LossCell[],
  rules: Omit<LossProblem, "cells" | "modelCount">,
): readonly LossDraw[] {
  const random = randomFrom(SEED);
  const draws: LossDraw[] = [];
  const modelCount = 1 + Math.max(...cells.map(({ model }) => model));
  sampleLosses(
    { cells, modelCount, ...rules },
    {
      random,
      warmUp: WARM_UP,
      draws: DRAWS,
      onDraw: ({ packing, sizeClass, task, modelVariance, restVariance }) => {
        draws.push({
          packing: packing.slice(),
          sizeClass: sizeClass.slice(),
          newModel: random.normal() * Math.sqrt(modelVariance + restVariance),
          task: { ...task },
        });
      },
    },
  );
  return draws;
}

function summary(
  draws: readonly LossDraw[],
  cells: readonly LossCell[],
  { packing, sizeClass }: { readonly packing: number; readonly sizeClass: number },
): QualityLoss {
  const points = draws.map((drawn) =>
    Math.exp(realAt(drawn.packing, packing) + realAt(drawn.sizeClass, sizeClass) + drawn.newModel),
  );
  const measured = cells.filter((cell) => cell.packing === packing && cell.sizeClass === sizeClass);
  const modelCount = new Set(measured.map(({ model }) => model)).size;
  return { ...quantiles(points), basis: modelCount > 0 ? "measured" : "interpolated", modelCount };
}

function quantiles(values: readonly number[]): { points: number; low: number; high: number } {
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (fraction: number) => round(at(sorted, Math.floor(fraction * sorted.length)));
  return { points: quantile(0.5), low: quantile(0.1), high: quantile(0.9) };
}

/** A model that lost this much answers at chance; how far beyond, no benchmark can say. */
const MOST_POINTS = 50;

function round(points: number): number {
  return Math.round(Math.min(points, MOST_POINTS) * 1000) / 1000;
}

function factorOf(draws: readonly LossDraw[], task: TaskLossFactor["task"]): TaskLossFactor {
  const { points, low, high } = quantiles(draws.map((drawn) => Math.exp(drawn.task[task])));
  return { task, factor: points, low, high };
}

/** Where the figures of one kind were published, and under which licence. */
export function lossSources(rows: readonly LossRow[], kind: LossRow["kind"]): readonly LossSource[] {
  const used = rows.filter((row) => row.kind === kind && isUsed(row));
  return [...groupBy(used, ({ source }) => source)].map(([source, group]) => ({
    source: source.replace(/ \(.*$/, "").replace(/#.*$/, ""),
    licence: group[0]?.licence.replace("repo licence ", "") ?? "",
    date:
      group
        .map(({ date }) => date)
        .sort()
        .at(-1) ?? "",
    rowCount: group.length,
  }));
}

function isUsed(row: LossRow): boolean {
  const name = row.kind === "kv" ? cacheType(row.packing) : packingName(row.packing);
  return name !== null && evidenceOf(row) !== null;
}

export interface LossSource {
  readonly source: string;
  readonly licence: string;
  readonly date: string;
  readonly rowCount: number;
}
