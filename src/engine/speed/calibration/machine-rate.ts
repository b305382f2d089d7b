import { BACKENDS, type Backend } from "#engine/backend.ts";
import { findQuantization, type QuantizationName } from "#engine/quantization.ts";

/** A rate measured on a computer, told apart as far as predicting the same takes. */
export interface MachineRate {
  /** Which computer, see `rates-of-machine.ts`: on another it says nothing. */
  readonly machine: string;
  readonly test: "decode" | "prefill";
  readonly tokensPerSecond: number;
  readonly modelId: string;
  readonly quantization: QuantizationName;
  /** Null: the maker's own. */
  readonly backend: Backend | null;
  /** The catalog's id of what ran the model. */
  readonly runtimeId: string;
  /** Tokens in the cache before the test; a prompt's rate is only kept for an empty one. */
  readonly depth: number;
  /** Tokens generated, or of the prompt. */
  readonly tokenCount: number;
}

/** True for a rate as it is kept in files (outside data). */
export function isMachineRate(value: unknown): value is MachineRate {
  if (typeof value !== "object" || value === null) return false;
  const rate: Partial<Record<keyof MachineRate, unknown>> = value;
  return (
    (rate.test === "decode" || rate.test === "prefill") &&
    [rate.machine, rate.modelId, rate.runtimeId].every((text) => typeof text === "string" && text !== "") &&
    isNumber(rate.tokensPerSecond) &&
    rate.tokensPerSecond > 0 &&
    typeof rate.quantization === "string" &&
    findQuantization(rate.quantization) === rate.quantization &&
    (rate.backend === null || BACKENDS.some((name) => name === rate.backend)) &&
    isNumber(rate.depth) &&
    rate.depth >= 0 &&
    isNumber(rate.tokenCount) &&
    rate.tokenCount >= 1
  );
}

function isNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
