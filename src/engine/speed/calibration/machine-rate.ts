import { BACKENDS, type Backend } from "#engine/backend.ts";
import type { MachineReport } from "#engine/machine.ts";
import { findQuantization, type QuantizationName } from "#engine/quantization.ts";

/** A rate measured on a computer, told apart as far as predicting the same takes. */
export interface MachineRate {
  /** Which computer, see `machineLabel`: on another it says nothing. */
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

/** What computes in a machine, by name: rates of the same parts are of the same machine. */
export function machineLabel({ accelerators, processor }: MachineReport): string {
  const names = accelerators.map(({ name }) => name).sort();
  return [...names, processor.name ?? "unknown processor"].join(" + ");
}

/** The rates of a report that were measured on the machine as it is: after a change of its parts none are. */
export function ratesOfMachine(machine: MachineReport): readonly MachineRate[] {
  const label = machineLabel(machine);
  return (machine.measuredRates ?? []).filter((rate) => rate.machine === label);
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
