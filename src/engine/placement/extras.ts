import { isKnown, type Fact } from "#engine/fact.ts";
import type { ExtraPart } from "#engine/memory/extra-part.ts";
import { loraBytes } from "#engine/memory/lora-adapter.ts";
import { hasMtpBlock, mtpBlock } from "#engine/memory/mtp-block.ts";
import { projectorBytes } from "#engine/memory/vision-projector.ts";
import type { Architecture, Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { isLikeLlama } from "#engine/runtime.ts";
import type { ExpertPacking } from "#engine/memory/weights.ts";
import type { Extras, Scenario } from "#engine/scenario.ts";
import { demandBytes, demandOf, wholeGpuBufferBytes } from "./demand.ts";

/** A model in one packing, with what is asked for. */
export interface ExtrasQuestion {
  readonly model: Model;
  readonly architecture: Architecture;
  readonly quantization: QuantizationName;
  readonly experts: ExpertPacking;
  readonly scenario: Scenario;
}

/** All that is loaded beside a model, or the first fact that is missing for it. */
export type ExtraParts =
  | { readonly kind: "known"; readonly parts: readonly ExtraPart[] }
  | { readonly kind: "missing"; readonly reason: string };

const NONE: ExtraParts = { kind: "known", parts: [] };

/** The parts that a scenario asks for. */
export function extraParts(question: ExtrasQuestion): ExtraParts {
  const { extras } = question.scenario;
  if (extras === undefined) return NONE;
  const facts = [
    ...(extras.projector ? [projectorPart(question)] : []),
    ...(extras.mtp ? [mtpPart(question)] : []),
    ...(extras.draft === null ? [] : [draftPart(extras.draft, question.scenario)]),
    ...(extras.loraRank === null ? [] : [loraPart(extras.loraRank, question)]),
  ];
  const missing = facts.find((fact) => !isKnown(fact));
  if (missing !== undefined && !isKnown(missing)) return { kind: "missing", reason: missing.missing };
  return { kind: "known", parts: facts.filter((fact) => isKnown(fact)).map(({ value }) => value) };
}

/** Sentences: what is not counted of what a scenario asks for, since no figure of it is known. */
export function extrasCaveats(architecture: Architecture, { extras }: Scenario): readonly string[] {
  if (extras === undefined) return [];
  const hasState = Object.values(architecture.layerKinds).some(({ mixer }) => mixer.kind === "recurrent");
  return [
    ...(extras.projector ? ["What the vision tower takes while it reads an image is not counted."] : []),
    ...(extras.draft !== null && hasState
      ? ["Copies of the recurrent state, kept to take back what a draft model proposed, are not counted."]
      : []),
  ];
}

function projectorPart({ model }: ExtrasQuestion): Fact<ExtraPart> {
  const bytes = projectorBytes(model);
  if (!isKnown(bytes)) return bytes;
  const formula = "parameters published beside the decoder's, in 16 bits";
  return part({ kind: "projector", name: "vision projector", bytes: bytes.value, formula }, bytes.source);
}

/** Logged for a Qwen3.5 of 27 B: 448.88 MiB of state with the block, 149.62 without. */
const MTP_STATE_COPIES = 2;

/** The block's weights, one more layer of cache, a buffer of its own, and copies of a recurrent state. */
function mtpPart({ model, architecture, quantization, experts, scenario }: ExtrasQuestion): Fact<ExtraPart> {
  const known = hasMtpBlock(model);
  if (!isKnown(known)) return known;
  const { layersBytes, compute } = demandOf(
    mtpBlock(architecture),
    quantization,
    draftScenario(scenario),
    experts,
  );
  const state = demandOf(architecture, quantization, scenario, experts).recurrentStateBytes;
  const bytes = layersBytes + wholeGpuBufferBytes(compute) + MTP_STATE_COPIES * state;
  const formula = `one more layer in ${quantization} with its cache, and a buffer of its own${
    state === 0 ? "" : "; the recurrent state twice more"
  }`;
  return part({ kind: "mtp", name: "multi-token prediction", bytes, formula }, known.source);
}

/**
 * All of the small model: file, cache, state and buffer. llama.cpp keeps the table of it that is looked up in RAM; here
 * it counts as on the card, so that a tied one counts once as well.
 */
function draftPart(
  { architecture, quantization }: NonNullable<Extras["draft"]>,
  scenario: Scenario,
): Fact<ExtraPart> {
  const bytes = demandBytes(demandOf(architecture, quantization, draftScenario(scenario)));
  const formula = `weights in ${quantization}, cache and buffer at the same context`;
  return part({ kind: "draft", name: "draft model", bytes, formula }, "its architecture, as any model's");
}

function loraPart(rank: number, { architecture, scenario }: ExtrasQuestion): Fact<ExtraPart> {
  const bytes = loraBytes(architecture, rank, isLikeLlama(scenario.runtime) ? "llama.cpp" : "other");
  if (!isKnown(bytes)) return bytes;
  const formula = `${rank} × (input + output) of every matrix of the layers`;
  return part({ kind: "lora", name: "LoRA adapter", bytes: bytes.value, formula }, bytes.source);
}

function part(known: Omit<ExtraPart, "source">, source: string): Fact<ExtraPart> {
  return { value: { ...known, source }, source };
}

/** What proposes tokens has the same context; llama.cpp keeps its cache in F16 unless asked (`--cache-type-k-draft`). */
function draftScenario(scenario: Scenario): Scenario {
  return isLikeLlama(scenario.runtime)
    ? { ...scenario, keyCacheType: "f16", valueCacheType: "f16" }
    : scenario;
}
