import { isKnown } from "#engine/fact.ts";
import type { Model } from "#engine/model.ts";
import { finestPacking } from "#engine/prepare.ts";
import type { DraftModel, Extras } from "#engine/scenario.ts";
import type { Options } from "./arguments.ts";
import { findModel } from "./find-model.ts";
import { wholeNumber } from "./number-options.ts";
import { quantization } from "./quantization-option.ts";
import { UsageError } from "./usage-error.ts";

/** Far above what anybody trains; most adapters have a rank of 8 to 64. */
export const LORA_RANK_MAX = 4096;

/** What is loaded beside a model, as it was typed; absent where nothing was. */
export interface TypedExtras {
  readonly projector: boolean;
  readonly mtp: boolean;
  /** "qwen2.5-0.5b" or "qwen2.5-0.5b:Q8_0". */
  readonly draft: string | null;
  readonly loraRank: number | null;
}

/** What the options ask for beside a model. Throws a UsageError that names the option. */
export function typedExtras(options: Options): TypedExtras {
  const { draft, lora } = options;
  return {
    projector: options.projector === true,
    mtp: options.mtp === true,
    draft: draft ?? null,
    loraRank: lora === undefined ? null : wholeNumber("--lora", lora, LORA_RANK_MAX),
  };
}

/** The same with the draft model found in the catalog; null where nothing is asked for. */
export function extrasOf(typed: TypedExtras, models: readonly Model[]): Extras | null {
  const { projector, mtp, loraRank } = typed;
  const draft = typed.draft === null ? null : draftModel(typed.draft, models);
  return projector || mtp || draft !== null || loraRank !== null ? { projector, mtp, draft, loraRank } : null;
}

function draftModel(text: string, models: readonly Model[]): DraftModel {
  const [name = "", packing] = text.split(":");
  const model = findModel(name, models);
  const { architecture } = model;
  if (!isKnown(architecture)) {
    throw new UsageError(
      `${model.name} cannot be a draft model here: its architecture is ${architecture.missing}.`,
    );
  }
  const finest = finestPacking(model);
  if (packing === undefined && !isKnown(finest)) {
    throw new UsageError(`Say what the draft model is packed as: ${model.id}:Q8_0.`);
  }
  const named = packing === undefined ? null : quantization("--draft", packing);
  const chosen = named ?? (isKnown(finest) ? finest.value : "F16");
  return { modelId: model.id, architecture: architecture.value, quantization: chosen };
}
