import { estimateFit } from "./estimate.ts";
import { isKnown } from "./fact.ts";
import type { Fit, Verdict, VerdictKind } from "./fit.ts";
import type { MachineReport } from "./machine.ts";
import type { Model } from "./model.ts";
import type { Scenario } from "./scenario.ts";

/** A model with its answer. */
export interface RankedModel {
  readonly model: Model;
  readonly fit: Fit;
}

/** A verdict's kind, with "needs multiple GPUs" told apart by whether this machine has them. */
export type VerdictGroup =
  Exclude<VerdictKind, "needs-multiple-gpus"> | "multiple-gpus-here" | "multiple-gpus-elsewhere";

/** Best first: the order in which window and terminal list them. */
export const VERDICT_GROUPS = [
  "fits",
  "needs-quantization",
  "multiple-gpus-here",
  "runs-with-offload",
  "multiple-gpus-elsewhere",
  "too-large",
  "unknown",
] as const satisfies readonly VerdictGroup[];

const RUNS_HERE: readonly VerdictGroup[] = [
  "fits",
  "needs-quantization",
  "multiple-gpus-here",
  "runs-with-offload",
];

/** The group a verdict belongs to. */
export function verdictGroup(verdict: Verdict): VerdictGroup {
  if (verdict.kind !== "needs-multiple-gpus") return verdict.kind;
  return verdict.here ? "multiple-gpus-here" : "multiple-gpus-elsewhere";
}

/** True where this machine runs the model one way or another. */
export function runsHere(group: VerdictGroup): boolean {
  return RUNS_HERE.includes(group);
}

/** Every model with its answer: by verdict, then the largest model, then by name. */
export function rankModels(
  models: readonly Model[],
  machine: MachineReport,
  scenario: Scenario,
): readonly RankedModel[] {
  return models
    .map((model) => ({ model, fit: estimateFit(model, machine, scenario) }))
    .sort((one, other) => rank(one) - rank(other) || compareModels(one.model, other.model));
}

/** A line of a list; no fit until the machine is known. */
export interface Listed {
  readonly model: Model;
  readonly fit: Fit | null;
}

/**
 * Of what runs here, one way or another, the best quality first and those whose quality nobody knows after them; then
 * what does not run. Of equals the order stays: rows come by verdict and size.
 */
export function bestFirst<Row extends Listed>(
  rows: readonly Row[],
  qualityOf: (row: Row) => number | null,
): readonly Row[] {
  const keyed = rows.map((row, index) => {
    const place = placeOf(row.fit);
    return { row, index, place, quality: place === 0 ? qualityOf(row) : null };
  });
  keyed.sort(
    (one, other) =>
      one.place - other.place || byQuality(one.quality, other.quality) || one.index - other.index,
  );
  return keyed.map(({ row }) => row);
}

function byQuality(one: number | null, other: number | null): number {
  if (one === null || other === null) return Number(one === null) - Number(other === null);
  return other - one;
}

/** 0: it runs here; else the later, the worse the verdict. */
function placeOf(fit: Fit | null): number {
  if (fit === null) return 0;
  const group = verdictGroup(fit.verdict);
  return runsHere(group) ? 0 : VERDICT_GROUPS.indexOf(group);
}

/** The larger first, those of unknown size last, equals by name. */
export function compareModels(one: Model, other: Model): number {
  return size(other) - size(one) || one.name.localeCompare(other.name, "en");
}

function rank({ fit }: RankedModel): number {
  return VERDICT_GROUPS.indexOf(verdictGroup(fit.verdict));
}

function size({ parameterCount }: Model): number {
  return isKnown(parameterCount) ? parameterCount.value : -1;
}
