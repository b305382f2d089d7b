import { estimateFit } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import type { Architecture, Model } from "#engine/model.ts";
import { isLikeLlama, loadsPacking } from "#engine/runtime.ts";
import type { Range } from "#engine/speed/interval.ts";
import { mapRange } from "#engine/speed/range.ts";
import { speedOfFit } from "#engine/speed/speed-of-fit.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { isOnAccelerators, stateWith, type OptimiseQuestion, type State } from "./state.ts";
import { found, NOTHING_FOUND, refused, suggestion, type Found } from "./suggestion.ts";
import { fixedText } from "#words/numbers.ts";
import { say } from "#words/say.ts";

/** Tokens that the draft proposes before the model looks at them. vLLM's examples take 5, llama.cpp's more. */
const PROPOSED_COUNT = 4;

/**
 * How often the model agrees with the draft: from texts it guesses badly to those it guesses well. Leviathan et al. 2023
 * (Fast Inference from Transformers via Speculative Decoding), table 3, measured 0.5 to 0.9 for drafts a tenth to a
 * hundredth as large.
 */
const ACCEPTANCE: Range = { low: 0.5, mid: 0.7, high: 0.85 };

/** A draft that is not much smaller costs what it saves. Our choice, by the paper's own pairs. */
const SMALLEST_RATIO = 6;

const KNOWS_DRAFTS = ["llama.cpp", "lm-studio", "vllm", "sglang", "exllama", "mlx"];

/**
 * How far two vocabularies may differ: makers fill the table up to a round number, and llama.cpp allows for it
 * (`common/speculative.cpp`, SPEC_VOCAB_MAX_SIZE_DIFFERENCE). Others want the same size.
 */
const LLAMA_VOCABULARY_TOLERANCE = 128;

/** A small model of the same family proposes tokens, which the large one looks at all at once. */
export function speculativeDecoding(question: OptimiseQuestion, before: State): Found {
  const { scenario, model } = question;
  const { architecture } = model;
  if (scenario.extras?.draft != null || scenario.parallelSequenceCount > 1) return NOTHING_FOUND;
  if (!KNOWS_DRAFTS.includes(scenario.runtime?.id ?? "llama.cpp") || !isKnown(architecture))
    return NOTHING_FOUND;
  if (expandLayers(architecture.value).some(({ feedForward }) => feedForward.kind === "experts")) {
    return refused(
      "speculative-decoding",
      say(
        "With a mixture of experts several tokens at once read more experts, which takes away what a draft saves.",
      ),
    );
  }
  // Without a speed what it gains cannot be said; and a processor is not done with five tokens as soon as with one.
  if (before.speed === null || !isOnAccelerators(before)) return NOTHING_FOUND;
  const drafts = draftsFor(question, architecture.value);
  if (drafts.every((group) => group.length === 0)) {
    return refused(
      "speculative-decoding",
      say("The catalog has no {family} model of the same vocabulary that is small enough.", {
        family: model.family,
      }),
    );
  }
  for (const group of drafts) {
    const options = group.flatMap((draft) => suggestionWith(question, before, draft).suggestions);
    const [best] = [...options].sort((one, other) => factorOf(other) - factorOf(one));
    if (best !== undefined) return found(best);
  }
  return refused(
    "speculative-decoding",
    say("No draft of the family fits beside it and is fast enough to gain anything."),
  );
}

type WithDraft = Found["suggestions"][number];

function factorOf({ lever }: WithDraft): number {
  return lever.kind === "speculative-decoding" ? lever.factor.mid : 0;
}

interface Draft {
  readonly model: Model;
  readonly architecture: Architecture;
}

/**
 * Of the same family with the same vocabulary, at most a sixth as large; where none of those helps, of a family of the same
 * maker and name ("Llama 3.2" for "Llama 3.1") whose table has exactly as many tokens.
 */
function draftsFor(
  { model: target, scenario, data }: OptimiseQuestion,
  architecture: Architecture,
): readonly (readonly Draft[])[] {
  const { models } = data;
  const { parameterCount } = target;
  const tolerance = isLikeLlama(scenario.runtime) ? LLAMA_VOCABULARY_TOLERANCE : 0;
  if (!isKnown(parameterCount)) return [];
  const small = models.flatMap((model) => {
    const known = model.architecture;
    if (!isOfMaker(model, target) || !isKnown(known) || !isKnown(model.parameterCount)) return [];
    const isSmall = model.parameterCount.value * SMALLEST_RATIO <= parameterCount.value;
    const gap = Math.abs(known.value.vocabularySize - architecture.vocabularySize);
    const isAlike = gap <= (model.family === target.family ? tolerance : 0);
    return isSmall && isAlike ? [{ model, architecture: known.value }] : [];
  });
  const isOfFamily = ({ model }: Draft): boolean => model.family === target.family;
  return [small.filter(isOfFamily), small.filter((draft) => !isOfFamily(draft))];
}

function isOfMaker(model: Model, { developer, family }: Model): boolean {
  const nameOf = (text: string): string => /^[A-Za-z]+/.exec(text)?.[0] ?? text;
  return model.developer === developer && nameOf(model.family) === nameOf(family);
}

function suggestionWith(question: OptimiseQuestion, before: State, draft: Draft): Found {
  const quantization = draftPacking(question, draft.model);
  if (quantization === null) return NOTHING_FOUND;
  const extras = { projector: false, mtp: false, loraRank: null, ...question.scenario.extras };
  const after = stateWith(question, {
    scenario: {
      extras: {
        ...extras,
        draft: { modelId: draft.model.id, architecture: draft.architecture, quantization },
      },
    },
    quantization: before.quantization,
  });
  if (after === null || !isOnAccelerators(after)) return NOTHING_FOUND;
  const factor = speedFactor(question, before, draft.model, quantization);
  if (factor === null || factor.mid <= 1.05) return NOTHING_FOUND;
  const speed = before.speed === null ? null : faster(before.speed, factor);
  return found(
    suggestion(
      before,
      { ...after, speed },
      {
        lever: {
          kind: "speculative-decoding",
          draftModelId: draft.model.id,
          draftQuantization: quantization,
          factor,
        },
        title: say("Speculative decoding with {model} at {quantization}", {
          model: draft.model.name,
          quantization,
        }),
        reason: say(
          "{low} to {high} times as fast, by how well the draft guesses: text that repeats itself (code) gains most. Answers stay the same.",
          { low: fixedText(factor.low, 1), high: fixedText(factor.high, 1) },
        ),
      },
    ),
  );
}

function faster(speed: NonNullable<State["speed"]>, factor: Range): NonNullable<State["speed"]> {
  const times = (range: Range): Range => ({
    low: range.low * factor.low,
    mid: range.mid * factor.mid,
    high: range.high * factor.high,
  });
  return {
    ...speed,
    decodeTokensPerSecond: times(speed.decodeTokensPerSecond),
    totalDecodeTokensPerSecond: times(speed.totalDecodeTokensPerSecond),
  };
}

/** 8 bits, of which a draft is small enough; 16 where the runtime reads no 8 bits of this kind. */
function draftPacking({ scenario }: OptimiseQuestion, { releasePrecision }: Model): QuantizationName | null {
  const { runtime } = scenario;
  if (runtime === undefined || loadsPacking(runtime, "Q8_0")) return "Q8_0";
  return isKnown(releasePrecision) && loadsPacking(runtime, releasePrecision.value)
    ? releasePrecision.value
    : null;
}

/**
 * Leviathan et al. 2023, theorem 3.8: (1 − α^(γ+1)) / ((1 − α)(γc + 1)), with α how often the model agrees, γ tokens
 * proposed, and c the draft's time for a token over the model's, here by the engine's speeds.
 */
function speedFactor(
  { machine, scenario, data }: OptimiseQuestion,
  before: State,
  draft: Model,
  quantization: QuantizationName,
): Range | null {
  const { cards, speed: constants, calibration } = data;
  const own = before.speed?.decodeTokensPerSecond;
  if (own === undefined || constants === null) return null;
  const fit = estimateFit(draft, machine, scenario, quantization);
  const speed = speedOfFit(fit, draft, { machine, cards, constants, promptLength: null, calibration });
  if (speed.kind === "missing") return null;
  const cost = own.mid / speed.decodeTokensPerSecond.mid;
  return mapRange(ACCEPTANCE, (share) => expectedFactor(share, cost));
}

/** The theorem by itself. */
export function expectedFactor(acceptance: number, cost: number, proposedCount = PROPOSED_COUNT): number {
  const tokens = (1 - acceptance ** (proposedCount + 1)) / (1 - acceptance);
  return tokens / (proposedCount * cost + 1);
}
