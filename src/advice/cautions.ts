import { isKnown } from "#engine/fact.ts";
import type { Licence, Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { notFreeNow, type NotFree } from "#engine/right-now.ts";
import { contextThatFits } from "#engine/search.ts";
import { supersededBy } from "#engine/supersession.ts";
import type { Range } from "#engine/speed/interval.ts";
import { isRamSpeedUnknown } from "#engine/speed/speed-device.ts";
import { differenceOf, isBetter, type Difference } from "./difference.ts";
import { joulesPerMillionTokens } from "./energy.ts";
import { isTooSlow, onePerModel, type Evaluation } from "./evaluate.ts";
import {
  hasEvidence,
  isOffloaded,
  memoryBytes,
  parameterCountOf,
  thinksFirst,
  type Option,
} from "./option.ts";
import { imagePartOf } from "./image-part.ts";
import { speedWithFullPrompt } from "./placed-model.ts";
import { isSpecialist } from "./picks/specialist.ts";
import { newerAndBetter } from "./superseded.ts";
import { qualityTaskOf } from "./task.ts";

/** A known mistake that this choice would be, with the figures that make it one. */
export type Caution =
  /** Other programs hold memory that it needs; where nobody says how much is free, there is no such caution. */
  | ({ readonly kind: "not-free-now" } & NotFree)
  | { readonly kind: "no-evidence"; readonly language: string | null }
  | { readonly kind: "thin-evidence"; readonly scoreCount: number }
  /** No index of the task is published; the general one stands for it. */
  | { readonly kind: "stand-in-index" }
  | { readonly kind: "thinks-first" }
  /** Images need a part beside the model's own file, which the figures of memory leave out. */
  | { readonly kind: "image-part"; readonly bytes: number | null }
  | { readonly kind: "smaller-is-as-good"; readonly other: Option; readonly difference: Difference }
  | { readonly kind: "superseded"; readonly other: Option; readonly difference: Difference }
  | { readonly kind: "specialist-overlooked"; readonly other: Option; readonly difference: Difference }
  /** Its developer says that another model replaces it; that one need not hold here. */
  | { readonly kind: "replaced"; readonly by: Model }
  /** A finer packing holds on the same devices, at that many times the speed. */
  | {
      readonly kind: "memory-unused";
      readonly quantization: QuantizationName;
      readonly gainedPoints: number;
      readonly speedFactor: number;
    }
  | {
      readonly kind: "full-precision";
      readonly quantization: QuantizationName;
      readonly lostPoints: number;
      readonly savedBytes: number;
      readonly speedFactor: number;
    }
  | {
      readonly kind: "context-limit";
      readonly longestContext: number;
      readonly trainedContextLength: number | null;
    }
  /** Part of it is read from RAM whose speed nobody says: the figures take a PC's. */
  | { readonly kind: "assumed-ram"; readonly bytesPerSecond: number }
  | { readonly kind: "slow-prompts"; readonly contextLength: number; readonly timeToFirstTokenSeconds: Range }
  | { readonly kind: "below-speed-floor"; readonly decodeTokensPerSecond: Range }
  | { readonly kind: "licence"; readonly licence: Licence | null }
  | { readonly kind: "energy"; readonly joulesPerMillionTokens: Range };

/** The heaviest first: no room now, no figure to choose by, no use, a better one beside it, then what costs time, rights or room. */
const BY_WEIGHT: readonly Caution["kind"][] = [
  "not-free-now",
  "no-evidence",
  "below-speed-floor",
  "assumed-ram",
  "superseded",
  "smaller-is-as-good",
  "specialist-overlooked",
  "slow-prompts",
  "licence",
  "context-limit",
  "image-part",
  "replaced",
  "thin-evidence",
  "stand-in-index",
  "thinks-first",
  "full-precision",
  "memory-unused",
  "energy",
];

/** The cautions that this choice gives reason for, and no others, the heaviest first: a card shows two of them. */
export function cautionsFor(option: Option, evaluation: Evaluation): readonly Caution[] {
  const found = [
    ...memoryCautions(option, evaluation),
    ...evidenceCautions(option, evaluation),
    ...otherModelCautions(option, evaluation),
    ...replacedCautions(option.model, evaluation),
    ...packingCautions(option, evaluation),
    ...contextCautions(option, evaluation),
    ...speedCautions(option, evaluation),
    ...licenceCautions(option.model),
    ...energyCautions(option, evaluation),
  ];
  return found.sort((one, other) => BY_WEIGHT.indexOf(one.kind) - BY_WEIGHT.indexOf(other.kind));
}

function memoryCautions({ fit }: Option, { question }: Evaluation): readonly Caution[] {
  return notFreeNow(fit.placement, question.machine).map((short) => ({ kind: "not-free-now", ...short }));
}

function evidenceCautions(option: Option, { question }: Evaluation): readonly Caution[] {
  const { quality } = option;
  const { evidence } = quality.task;
  const unproven = quality.languages.flatMap(({ evidence: each }) =>
    each.kind === "none" ? [{ kind: "no-evidence" as const, language: each.language }] : [],
  );
  const isAboutLanguages = evidence.language !== null;
  const own: readonly Caution[] =
    evidence.kind === "none" && !isAboutLanguages ? [{ kind: "no-evidence", language: null }] : [];
  const thin: readonly Caution[] =
    evidence.kind === "scored" && evidence.entry.evidence === "thin"
      ? [{ kind: "thin-evidence", scoreCount: Object.keys(evidence.entry.scores).length }]
      : [];
  return [
    ...own,
    ...unproven,
    ...thin,
    ...(question.task === "vision"
      ? [{ kind: "image-part" as const, bytes: imagePartOf(option, question).bytes }]
      : []),
    ...(qualityTaskOf(question.task).isProxy ? [{ kind: "stand-in-index" as const }] : []),
    ...(thinksFirst(option) ? [{ kind: "thinks-first" as const }] : []),
  ];
}

function otherModelCautions(option: Option, evaluation: Evaluation): readonly Caution[] {
  const { options, question } = evaluation;
  const others = onePerModel(options).filter(
    (each) => each.model.id !== option.model.id && hasEvidence(each),
  );
  const against = (
    kind: "smaller-is-as-good" | "superseded" | "specialist-overlooked",
    other: Option | undefined,
  ) => (other === undefined ? [] : [{ kind, other, difference: differenceOf(other, option) }]);
  const size = parameterCountOf(option);
  const smaller = others.find((each) => {
    const count = parameterCountOf(each);
    return size !== null && count !== null && count <= size / 2 && isBetter(each, option);
  });
  const newer = newerAndBetter(option, evaluation);
  const specialist = others.find((each) => isSpecialist(each.model, question.task) && isBetter(each, option));
  return [
    ...against("superseded", newer),
    ...against("smaller-is-as-good", smaller === newer ? undefined : smaller),
    ...against("specialist-overlooked", specialist),
  ];
}

/** One line at most: the newest, where several are said to. */
function replacedCautions(model: Model, { data }: Evaluation): readonly Caution[] {
  const monthOf = ({ releaseMonth: month }: Model): string => (isKnown(month) ? month.value : "");
  const [newest] = supersededBy(model, data.models)
    .map(({ model: newer }) => newer)
    .filter(({ developer }) => developer === model.developer)
    .sort((one, other) => monthOf(other).localeCompare(monthOf(one)));
  return newest === undefined ? [] : [{ kind: "replaced", by: newest }];
}

/** 8-bit weights lose less than that; where they lose more, full precision is not for nothing. Our choice. */
const FREE_POINTS = 0.3;

/** A loss that somebody might notice. Our choice. */
const NOTICEABLE_POINTS = 0.3;

function packingCautions(option: Option, { options }: Evaluation): readonly Caution[] {
  const { quantization, fit, quality } = option;
  const { loss } = quality;
  const own = options.filter((each) => each.model.id === option.model.id);
  const eightBit = own.find((each) => each.quantization === "Q8_0" || each.quantization === "FP8");
  if (isSixteenBit(quantization) && eightBit?.quality.loss != null && loss !== null) {
    const lostPoints = eightBit.quality.loss.points - loss.points;
    const savedBytes = (memoryBytes(option) ?? 0) - (memoryBytes(eightBit) ?? 0);
    const speedFactor = eightBit.orderingTokensPerSecond / option.orderingTokensPerSecond;
    if (lostPoints > FREE_POINTS) return [];
    return [
      { kind: "full-precision", quantization: eightBit.quantization, lostPoints, savedBytes, speedFactor },
    ];
  }
  const gainOf = (each: Option): number => (loss?.points ?? 0) - (each.quality.loss?.points ?? Infinity);
  const finer = own
    .filter((each) => each.fit.placement.kind === fit.placement.kind && !isSixteenBit(each.quantization))
    .filter((each) => gainOf(each) >= NOTICEABLE_POINTS)
    .sort((one, other) => gainOf(other) - gainOf(one))[0];
  if (finer === undefined) return [];
  const speedFactor = finer.orderingTokensPerSecond / option.orderingTokensPerSecond;
  return [
    { kind: "memory-unused", quantization: finer.quantization, gainedPoints: gainOf(finer), speedFactor },
  ];
}

function isSixteenBit(quantization: QuantizationName): boolean {
  return quantization === "BF16" || quantization === "F16" || quantization === "F32";
}

/** Within twice the context asked for, a longer talk runs out of memory. */
const NEAR = 2;

function contextCautions(
  option: Option,
  { question: { machine, scenario } }: Evaluation,
): readonly Caution[] {
  const { model, fit } = option;
  const longest = contextThatFits({ model, machine, scenario }, fit);
  const trained = isKnown(model.trainedContextLength) ? model.trainedContextLength.value : null;
  if (longest === null || longest >= scenario.contextLength * NEAR) return [];
  return [{ kind: "context-limit", longestContext: longest, trainedContextLength: trained }];
}

/** Longer than that before the first word is a wait. Our choice. */
const PATIENCE_SECONDS = 10;

function speedCautions(option: Option, { question, data }: Evaluation): readonly Caution[] {
  const { speed } = option;
  if (speed.kind === "missing") return [];
  const full = speedWithFullPrompt(option, question, data);
  const first = full.kind === "known" ? full.timeToFirstTokenSeconds : null;
  const slowPrompts: readonly Caution[] =
    full.kind === "missing" || first === null || first.mid < PATIENCE_SECONDS
      ? []
      : [{ kind: "slow-prompts", contextLength: full.promptLength, timeToFirstTokenSeconds: first }];
  const tooSlow: readonly Caution[] = isTooSlow(option, question)
    ? [{ kind: "below-speed-floor", decodeTokensPerSecond: speed.decodeTokensPerSecond }]
    : [];
  return [...tooSlow, ...ramCautions(option, { question, data }), ...slowPrompts];
}

/** Rates measured here say more than the speed of the RAM would. */
function ramCautions(
  option: Option,
  { question: { machine }, data }: Pick<Evaluation, "question" | "data">,
): readonly Caution[] {
  const { speed, fit } = option;
  const isInRam = isOffloaded(option) || fit.placement.kind === "cpu";
  const isMeasured = speed.kind === "missing" || speed.measured;
  if (!isInRam || isMeasured || data.speed === null || !isRamSpeedUnknown(machine.ram)) return [];
  return [{ kind: "assumed-ram", bytesPerSecond: data.speed.processor.assumedRamBytesPerSecond }];
}

function licenceCautions({ licence }: Model): readonly Caution[] {
  const stated = isKnown(licence) ? licence.value : null;
  return stated?.commercialUse === "yes" ? [] : [{ kind: "licence", licence: stated }];
}

/** What answers cost is a question for who serves others. */
function energyCautions(option: Option, { question, data }: Evaluation): readonly Caution[] {
  if (question.scenario.parallelSequenceCount < 2) return [];
  const energy = joulesPerMillionTokens(option, question.machine, data.cards);
  return energy === null ? [] : [{ kind: "energy", joulesPerMillionTokens: energy }];
}
