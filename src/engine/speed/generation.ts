import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";

/** What of a device tells its generation; null where nobody says. */
export interface GenerationFacts {
  readonly vendor: AcceleratorVendor;
  /** "Apple M2", "Xe2-HPG". */
  readonly architecture: string | null;
  /** NVIDIA's, as "8.9". */
  readonly computeCapability: string | null;
  /** AMD's compiler target, as "gfx1100". */
  readonly gfxTarget: string | null;
}

/** Devices that were measured together: one design of compute units. Null where it cannot be told. */
export function generationOf(facts: GenerationFacts): string | null {
  switch (facts.vendor) {
    case "nvidia":
      return facts.computeCapability === null ? null : nvidiaGeneration(Number(facts.computeCapability));
    case "amd":
      return firstMatch(AMD_GENERATIONS, facts.gfxTarget);
    case "apple":
      return /\bM\d+\b/.exec(facts.architecture ?? "")?.[0].toLowerCase() ?? null;
    case "intel":
      return firstMatch(INTEL_GENERATIONS, facts.architecture);
    case "other":
      return null;
  }
}

/**
 * CUDA programming guide, appendix of compute capabilities. Parts with memory of another kind are told apart: A100 and
 * A30 (8.0) have HBM, Orin (8.7), Thor (11.0) and GB10 (12.1) share the computer's RAM.
 */
const NVIDIA_GENERATIONS: readonly (readonly [capability: number, generation: string])[] = [
  [12.1, "gb10"],
  [12, "blackwell"],
  [11, "thor"],
  [10, "blackwell-datacenter"],
  [9, "hopper"],
  [8.9, "ada"],
  [8.7, "orin"],
  [8.6, "ampere"],
  [8, "ampere-datacenter"],
  [7.5, "turing"],
  [7, "volta"],
  [6, "pascal"],
  [5, "maxwell"],
  [3, "kepler"],
];

function nvidiaGeneration(capability: number): string | null {
  return NVIDIA_GENERATIONS.find(([least]) => capability >= least)?.[1] ?? null;
}

type Names = readonly (readonly [pattern: RegExp, generation: string])[];

/** llvm/llvm-project: llvm/docs/AMDGPUUsage.rst, the table of processors. */
const AMD_GENERATIONS: Names = [
  [/^gfx90[06]/, "gcn5"],
  [/^gfx9(08|0a|4|5)/, "cdna"],
  [/^gfx101/, "rdna1"],
  [/^gfx103/, "rdna2"],
  [/^gfx110/, "rdna3"],
  [/^gfx115/, "rdna3.5"],
  [/^gfx120/, "rdna4"],
];

const INTEL_GENERATIONS: Names = [
  [/^xe2|^battlemage/i, "xe2"],
  [/^xe-hpg|^alchemist/i, "xe-hpg"],
];

function firstMatch(names: Names, text: string | null): string | null {
  return text === null ? null : (names.find(([pattern]) => pattern.test(text))?.[1] ?? null);
}
