import { packingsOf } from "#engine/fit-grid.ts";
import type { Model } from "#engine/model.ts";
import { findQuantization, type QuantizationName } from "#engine/quantization.ts";
import type { Scenario } from "#engine/scenario.ts";
import { say } from "#words/say.ts";

/** A model that somebody chose to compare, as it was shown where they chose it. */
export interface Pin {
  readonly modelId: string;
  /** Null: the packing that serves the question best. */
  readonly quantization: QuantizationName | null;
}

export function isSamePin(one: Pin, other: Pin): boolean {
  return one.modelId === other.modelId && one.quantization === other.quantization;
}

/** As it is kept and sent, and as the terminal takes it: `llama-3.1-8b@Q8_0`. */
export function pinText({ modelId, quantization }: Pin): string {
  return quantization === null ? modelId : `${modelId}@${quantization}`;
}

/** From such a text, or a model's id alone as it was kept earlier; null where either means nothing here. */
export function pinOf(text: string, modelIds: readonly string[]): Pin | null {
  if (modelIds.includes(text)) return { modelId: text, quantization: null };
  const at = text.lastIndexOf("@");
  const modelId = text.slice(0, Math.max(0, at));
  const quantization = findQuantization(text.slice(at + 1));
  return quantization === null || !modelIds.includes(modelId) ? null : { modelId, quantization };
}

/** "Qwen3.5 9B at Q8_0". */
export function pinName(name: string, { quantization }: Pick<Pin, "quantization">): string {
  return quantization === null ? name : say("{name} at {quantization}", { name, quantization });
}

/** The packing it is compared at; null for the best, also where the runtime asked for does not load the pinned one. */
export function comparedPacking(
  { quantization }: Pin,
  model: Model,
  scenario: Scenario,
): QuantizationName | null {
  return quantization !== null && packingsOf(model, scenario).includes(quantization) ? quantization : null;
}
