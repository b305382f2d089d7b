import { isKnown } from "#engine/fact.ts";
import type { KvCacheType } from "#engine/kv-cache-type.ts";
import type { Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { differenceOf, type Difference } from "#advice/difference.ts";
import { evaluate, isTooSlow, optionsOfModel, type Evaluation } from "#advice/evaluate.ts";
import { hasEvidence, isOffloaded, memoryBytes, optionOf, rateOf, type Option } from "#advice/option.ts";
import type { AdviceData, AdviceQuestion } from "#advice/question.ts";

/** What is wrong with the model that is used now. */
export const COMPLAINTS = ["quality", "speed", "memory", "context", "licence", "language"] as const;

export type Complaint = (typeof COMPLAINTS)[number];

/** What is used now. */
export interface Present {
  readonly model: Model;
  readonly quantization: QuantizationName;
}

/** How much has to change; the smaller the better. */
export type StepKind = "setting" | "other-packing" | "same-family" | "other-model";

/** The smallest change that mends a complaint. */
export interface Mend {
  readonly complaint: Complaint;
  /** As it runs now; null where this machine does not run it. */
  readonly present: Option | null;
  /** Null where nothing that suits and fits mends it. */
  readonly step: MendingStep | null;
}

export interface MendingStep {
  readonly kind: StepKind;
  readonly option: Option;
  /** For a setting: the cache type to choose. */
  readonly kvCacheType: KvCacheType | null;
  /** Seen from the present; null where that does not run here. */
  readonly difference: Difference | null;
}

/** The smallest step from what is used now that mends what is wrong with it, within the limits of the question. */
export function mend(
  present: Present,
  complaint: Complaint,
  question: AdviceQuestion,
  data: AdviceData,
): Mend {
  const now = optionOf(present.model, present.quantization, question, data);
  const evaluation = evaluate(question, data);
  const steps = stepsFrom(present, evaluation)
    .filter(({ option }) => !isTooSlow(option, question) && hasEvidence(option))
    .filter(({ option }) => isMended(complaint, option, now, question))
    .sort((one, other) => STEP_ORDER.indexOf(one.kind) - STEP_ORDER.indexOf(other.kind));
  const step = steps[0];
  return {
    complaint,
    present: now,
    step:
      step === undefined
        ? null
        : { ...step, difference: now === null ? null : differenceOf(step.option, now) },
  };
}

const STEP_ORDER: readonly StepKind[] = ["setting", "other-packing", "same-family", "other-model"];

type Step = Omit<MendingStep, "difference">;

/** Within a kind the best of the criterion comes first. */
function stepsFrom(
  { model, quantization }: Present,
  { question, data, options }: Evaluation,
): readonly Step[] {
  const others = options.filter((option) => option.model.id !== model.id);
  const kindOf = (option: Option): StepKind =>
    option.model.family === model.family && option.model.developer === model.developer
      ? "same-family"
      : "other-model";
  const packings = optionsOfModel(model, question, data).filter(
    (option) => option.quantization !== quantization,
  );
  return [
    ...cacheSteps({ model, quantization }, question, data),
    ...packings.map((option) => ({ kind: "other-packing" as const, option, kvCacheType: null })),
    ...others.map((option) => ({ kind: kindOf(option), option, kvCacheType: null })),
  ];
}

/** A cache of 8 bits halves what a context takes, and loses next to nothing. */
function cacheSteps(
  { model, quantization }: Present,
  question: AdviceQuestion,
  data: AdviceData,
): readonly Step[] {
  const { scenario } = question;
  const is16Bit = scenario.keyCacheType === "f16" || scenario.keyCacheType === "bf16";
  const allowed = scenario.runtime?.cache.types ?? ["q8_0"];
  if (!is16Bit || !allowed.includes("q8_0")) return [];
  const kvCacheType = "q8_0" as const;
  const changed = { ...scenario, keyCacheType: kvCacheType, valueCacheType: kvCacheType };
  const option = optionOf(model, quantization, { ...question, scenario: changed }, data);
  return option === null ? [] : [{ kind: "setting", option, kvCacheType }];
}

/** So much better, faster and smaller is felt. Our choice. */
const FELT_POINTS = 2;
const FELT_SPEED_FACTOR = 1.5;
const FELT_MEMORY_FACTOR = 0.75;

/** Mended: better in what was wrong beyond the uncertainty, and not worse in quality beyond it for that. */
function isMended(
  complaint: Complaint,
  option: Option,
  now: Option | null,
  question: AdviceQuestion,
): boolean {
  const change = now === null ? null : differenceOf(option, now);
  const isNoWorse = change === null || change.quality.high >= 0;
  switch (complaint) {
    case "quality":
    case "language":
      return change === null || (change.quality.low > 0 && change.quality.index >= FELT_POINTS);
    case "speed":
      return (
        isNoWorse && now !== null && (rateOf(option) ?? 0) >= FELT_SPEED_FACTOR * (rateOf(now) ?? Infinity)
      );
    case "memory":
      return isNoWorse && (now === null || isSmaller(option, now));
    case "context":
      return isNoWorse && !isOffloaded(option) && isTrainedFor(option.model, question);
    case "licence":
      return isNoWorse && isKnown(option.model.licence) && option.model.licence.value.commercialUse === "yes";
  }
}

function isSmaller(option: Option, now: Option): boolean {
  const bytes = memoryBytes(option);
  const present = memoryBytes(now);
  return bytes !== null && present !== null && bytes <= FELT_MEMORY_FACTOR * present;
}

function isTrainedFor({ trainedContextLength }: Model, { scenario }: AdviceQuestion): boolean {
  return !isKnown(trainedContextLength) || trainedContextLength.value >= scenario.contextLength;
}
