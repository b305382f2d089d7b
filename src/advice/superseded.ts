import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { supersededBy } from "#engine/supersession.ts";
import { isBetter } from "./difference.ts";
import { onePerModel, type Evaluation } from "./evaluate.ts";
import { hasEvidence, memoryBytes, type Option } from "./option.ts";

/** So much newer is another generation. Our choice. */
const GENERATION_MONTHS = 6;

/** The best of what runs here, is a generation newer, takes no more memory and is better beyond the uncertainty. */
export function newerAndBetter(option: Option, { options }: Pick<Evaluation, "options">): Option | undefined {
  return onePerModel(options).find(
    (each) =>
      each.model.id !== option.model.id &&
      hasEvidence(each) &&
      isNewer(each.model, option.model) &&
      isNoLarger(each, option) &&
      isBetter(each, option),
  );
}

/** True where a better one runs here, or one that its makers say replaces it. */
export function isSuperseded(option: Option, evaluation: Evaluation): boolean {
  const { options, data } = evaluation;
  const replacing = supersededBy(option.model, data.models).map(({ model }) => model.id);
  return (
    newerAndBetter(option, evaluation) !== undefined ||
    options.some(({ model }) => replacing.includes(model.id))
  );
}

function isNewer(one: Model, other: Model): boolean {
  if (!isKnown(one.releaseMonth) || !isKnown(other.releaseMonth)) return false;
  return monthNumber(one.releaseMonth.value) - monthNumber(other.releaseMonth.value) >= GENERATION_MONTHS;
}

function monthNumber(month: string): number {
  const [year, ofYear] = month.split("-").map(Number);
  return (year ?? NaN) * 12 + (ofYear ?? NaN);
}

function isNoLarger(one: Option, other: Option): boolean {
  const bytes = memoryBytes(one);
  const otherBytes = memoryBytes(other);
  return bytes !== null && otherBytes !== null && bytes <= otherBytes;
}
