import { estimateFit } from "#engine/estimate.ts";
import type { Verdict } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import { differenceOf, type Difference } from "#advice/difference.ts";
import { bestPacking, isGoodEnough, isTooSlow, lowestRate } from "#advice/evaluate.ts";
import { rateOf, type Option } from "#advice/option.ts";
import { isPlainer } from "#advice/picks/plainer.ts";
import type { Recommendation } from "#advice/recommend.ts";
import { unsuitabilities, type Unsuitable } from "#advice/suitability.ts";
import { rankedChanges, type RankedChange } from "./change-cost.ts";

/** Why a model is not the pick. */
export type Objection =
  | { readonly kind: "unknown"; readonly missing: string }
  | { readonly kind: "unsuitable"; readonly reason: Unsuitable }
  /** The machine holds it in no acceptable packing. */
  | { readonly kind: "does-not-fit"; readonly verdict: Verdict }
  /** The model holds, but not with the part that sees images. */
  | { readonly kind: "no-room-for-images" }
  | { readonly kind: "download-too-large"; readonly most: number }
  | { readonly kind: "too-slow"; readonly tokensPerSecond: number | null; readonly lowest: number }
  | { readonly kind: "below-quality-floor"; readonly floor: number }
  /** In quality it cannot be told from the pick, is no faster and takes more. */
  | { readonly kind: "larger-for-nothing" }
  /** It fits and suits; the pick is ahead by so many points of the criterion. */
  | { readonly kind: "outranked"; readonly byPoints: number };

/** What stands against a model on this machine, and what would mend it. */
export interface WhyNot {
  readonly model: Model;
  /** As it would run best here; null where it does not. */
  readonly option: Option | null;
  /** Empty where it is the pick. */
  readonly objections: readonly Objection[];
  /** Seen from the pick; null where there is no pick or it does not run. */
  readonly versusBest: Difference | null;
  /** Ways to have it on the cards, the cheapest in quality first; empty where it is there already. */
  readonly changes: readonly RankedChange[];
}

export function whyNot(model: Model, recommendation: Recommendation): WhyNot {
  const { best, evaluation } = recommendation;
  const { question, data } = evaluation;
  const { machine, scenario } = question;
  const { quantization } = estimateFit(model, machine, scenario);
  const option = bestOption(model, recommendation);
  const changes =
    quantization === null ? [] : rankedChanges({ model, machine, scenario }, quantization, question, data);
  return {
    model,
    option,
    objections: objectionsTo(model, recommendation),
    versusBest: option === null || best === null ? null : differenceOf(option, best),
    changes: changesFor(option, changes),
  };
}

/** As it would be picked, or was. */
function bestOption(model: Model, { best, evaluation: { question, data } }: Recommendation): Option | null {
  if (best?.model.id === model.id) return best;
  return bestPacking(model, question, data);
}

/** Everything that stands against a model; nothing against the pick. */
export function objectionsTo(model: Model, recommendation: Recommendation): readonly Objection[] {
  const { best, evaluation } = recommendation;
  if (best?.model.id === model.id) return [];
  const option = bestOption(model, recommendation);
  const { question } = evaluation;
  const unsuitable = unsuitabilities(model, question).map((reason) => ({
    kind: "unsuitable" as const,
    reason,
  }));
  const { verdict } = estimateFit(model, question.machine, question.scenario);
  if (verdict.kind === "unknown") return [...unsuitable, { kind: "unknown", missing: verdict.missing }];
  if (option === null) return [...unsuitable, notHeld(verdict, question.limits.mostDownloadBytes)];
  const isSlow = isTooSlow(option, question);
  const tooSlow: Objection = {
    kind: "too-slow",
    tokensPerSecond: rateOf(option),
    lowest: lowestRate(option, question),
  };
  const low: Objection = { kind: "below-quality-floor", floor: evaluation.floor };
  const found = [
    ...unsuitable,
    ...(isSlow ? [tooSlow] : []),
    ...(isGoodEnough(option, evaluation) ? [] : [low]),
  ];
  if (found.length > 0 || best === null) return found;
  if (isPlainer(best, option)) return [{ kind: "larger-for-nothing" }];
  return [{ kind: "outranked", byPoints: best.utility - option.utility }];
}

function notHeld(verdict: Verdict, mostDownloadBytes: number | null): Objection {
  const isHeld = verdict.kind !== "too-large" && !(verdict.kind === "needs-multiple-gpus" && !verdict.here);
  if (isHeld && mostDownloadBytes === null) return { kind: "no-room-for-images" };
  if (isHeld && mostDownloadBytes !== null) return { kind: "download-too-large", most: mostDownloadBytes };
  return { kind: "does-not-fit", verdict };
}

/** What runs with part of it in RAM is not helped by that. */
function changesFor(option: Option | null, changes: readonly RankedChange[]): readonly RankedChange[] {
  if (option === null) return changes;
  return changes.filter(({ change }) => !change.levers.some(({ kind }) => kind === "offload"));
}
