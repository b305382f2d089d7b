import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { contextThatFits } from "#engine/search.ts";
import { differenceOf, isBetter, type Difference } from "#advice/difference.ts";
import { isGoodEnough, onePerModel, type Evaluation } from "#advice/evaluate.ts";
import { hasEvidence, isOffloaded, memoryBytes, rateOf, type Option } from "#advice/option.ts";
import { isPlainer } from "./plainer.ts";
import { isSpecialist } from "./specialist.ts";
import { contextOfOne } from "#advice/suitability.ts";
import { isSuperseded } from "#advice/superseded.ts";

/** What an alternative is for. */
export const ROLES = [
  "best-quality",
  "fastest",
  "smallest",
  "longest-context",
  "permissive-licence",
  "specialist",
] as const;

export type Role = (typeof ROLES)[number];

/** Another model than the best, and what it is better at. */
export interface Alternative {
  readonly roles: readonly Role[];
  readonly option: Option;
  /** Seen from the best. */
  readonly versusBest: Difference;
  /** Longest context here, for the role that is about it; null for others. */
  readonly longestContext: number | null;
}

/** The options of the roles, each against the best; a role that the best has itself is left out. */
export function alternativesOf(best: Option, evaluation: Evaluation): readonly Alternative[] {
  const good = evaluation.options.filter((option) => hasEvidence(option) && isGoodEnough(option, evaluation));
  const others = (chosen: Option | null, role: Role, context: number | null = null): readonly Found[] =>
    chosen === null || chosen.model.id === best.model.id ? [] : [{ role, option: chosen, context }];
  const longest = longestOf(good, best, evaluation);
  return merged(
    [
      ...others(betterOf(best, evaluation), "best-quality"),
      ...others(fastest(good), "fastest"),
      ...others(
        most(good, (option) => -(memoryBytes(option) ?? Infinity)),
        "smallest",
      ),
      ...others(longest?.option ?? null, "longest-context", longest?.contextLength ?? null),
      ...others(
        isFree(best.model) ? null : (good.find(({ model }) => isFree(model)) ?? null),
        "permissive-licence",
      ),
      ...others(specialistOf(best, evaluation), "specialist"),
    ],
    best,
  );
}

interface Found {
  readonly role: Role;
  readonly option: Option;
  readonly context: number | null;
}

/** One entry a model, with all its roles; of several packings the first role's. */
function merged(found: readonly Found[], best: Option): readonly Alternative[] {
  const ids = [...new Set(found.map(({ option }) => option.model.id))];
  return ids.flatMap((id) => {
    const same = found.filter(({ option }) => option.model.id === id);
    const [first] = same;
    if (first === undefined) return [];
    return [
      {
        roles: same.map(({ role }) => role),
        option: first.option,
        versusBest: differenceOf(first.option, best),
        longestContext: same.find(({ context }) => context !== null)?.context ?? null,
      },
    ];
  });
}

function most(options: readonly Option[], valueOf: (option: Option) => number): Option | null {
  return options.reduce<Option | null>(
    (best, option) => (best === null || valueOf(option) > valueOf(best) ? option : best),
    null,
  );
}

/** Packings within that are the same quality, and the criterion decides. Our choice. */
const SAME_QUALITY_POINTS = 0.5;

/** The best quality, in the packing that serves the criterion. */
function bestOf(options: readonly Option[]): Option | null {
  const top = most(options, ({ quality }) => quality.net.low);
  return top === null ? null : inServingPacking(top, options);
}

function inServingPacking(top: Option, options: readonly Option[]): Option {
  const least = top.quality.net.low - SAME_QUALITY_POINTS;
  return options.find(({ model, quality }) => model.id === top.model.id && quality.net.low >= least) ?? top;
}

/** Where quality weighs more than speed, the highest figure has a card, whatever a tie prefers. */
const ASKS_FOR_QUALITY = 0.5;

/**
 * The best quality where the best answer is another model. One that cannot be told from the best answer and only takes
 * more is no better quality; but who asks for quality more than for speed reads a higher figure of it in the list, and is
 * shown it with the reason why it is not the pick.
 */
function betterOf(best: Option, evaluation: Evaluation): Option | null {
  const { options, question } = evaluation;
  const top = bestOf(options);
  if (top !== null && top.model.id !== best.model.id && !isPlainer(best, top)) return top;
  if (question.qualityWeight <= ASKS_FOR_QUALITY) return null;
  const others = options.filter(
    (option) => option.model.id !== best.model.id && hasEvidence(option) && isGoodEnough(option, evaluation),
  );
  const highest = most(others, ({ quality }) => quality.net.index);
  if (highest === null || figureOf(highest) <= figureOf(best)) return null;
  const serving = inServingPacking(highest, options);
  return figureOf(serving) > figureOf(best) ? serving : highest;
}

/** As people read it. */
function figureOf({ quality }: Option): number {
  return Math.round(quality.net.index);
}

function fastest(options: readonly Option[]): Option | null {
  return most(
    options.filter((option) => rateOf(option) !== null),
    (option) => rateOf(option) ?? 0,
  );
}

/** How many models are searched for the longest context: the best of the criterion. */
const SEARCHED = 12;

/**
 * The one that holds the longest context here with nothing of it in RAM beside a card, where that is longer than what the
 * best holds as it lies: RAM holds nearly any context, at a speed that nobody asked for.
 */
function longestOf(
  good: readonly Option[],
  best: Option,
  { question: { machine, scenario } }: Evaluation,
): { readonly option: Option; readonly contextLength: number } | null {
  const contextOf = ({ model, fit }: Option): number =>
    contextThatFits({ model, machine, scenario }, fit) ?? contextOfOne(scenario);
  const searched = onePerModel(good.filter((option) => !isOffloaded(option))).slice(0, SEARCHED);
  const known = searched.map((option) => ({ option, contextLength: contextOf(option) }));
  const longest = known.reduce<(typeof known)[number] | null>(
    (chosen, each) => (chosen === null || each.contextLength > chosen.contextLength ? each : chosen),
    null,
  );
  return longest !== null && longest.contextLength > contextOf(best) ? longest : null;
}

/** Commercial use without conditions. */
function isFree({ licence }: Model): boolean {
  return isKnown(licence) && licence.value.commercialUse === "yes";
}

/**
 * The best specialist where the best answer is a generalist. No pick beside it may be better at the task beyond the
 * uncertainty, nothing that runs here may replace it, and it is above the floor: being made for a task is no merit of
 * its own.
 */
function specialistOf(best: Option, evaluation: Evaluation): Option | null {
  const { options, question } = evaluation;
  if (isSpecialist(best.model, question.task)) return null;
  const top = bestOf(options) ?? best;
  const found = onePerModel(options)
    .filter((each) => isSpecialist(each.model, question.task) && hasEvidence(each))
    .filter((each) => isGoodEnough(each, evaluation) && !isBetter(best, each) && !isBetter(top, each))
    .find((each) => !isSuperseded(each, evaluation));
  return found ?? null;
}
