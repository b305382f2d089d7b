import { GgufError } from "./header.ts";
import type { Hyperparameters } from "./hyperparameters.ts";
import { shown } from "./metadata.ts";

interface ArchitectureRules {
  /**
   * Which layers look back a window only. `none`: the runtime reads no window for it. `all`: every layer.
   * `fullEvery` n: all but the nth, the 2nth and so on.
   */
  readonly windows: "none" | "all" | { readonly fullEvery: number };
}

const FULL: ArchitectureRules = { windows: "none" };

/**
 * The architectures whose layers can be described from a header, by their name in the file. Windows as llama.cpp
 * sets them (`src/llama-model.cpp`, `load_hparams`, `set_swa_pattern`; read 2026-11): Gemma 2 and gpt-oss alternate,
 * Gemma 3 has five sliding layers and one full one.
 */
const ARCHITECTURES = new Map<string, ArchitectureRules>([
  ["llama", FULL],
  ["mistral3", FULL],
  ["qwen2", FULL],
  ["qwen2moe", FULL],
  ["qwen3", FULL],
  ["qwen3moe", FULL],
  ["internlm2", FULL],
  ["smollm3", FULL],
  ["granite", FULL],
  ["olmoe", FULL],
  ["gemma", FULL],
  ["gemma2", { windows: { fullEvery: 2 } }],
  ["gemma3", { windows: { fullEvery: 6 } }],
  ["phi2", FULL],
  ["phi3", { windows: "all" }],
  ["starcoder2", FULL],
  ["deepseek", FULL],
  ["deepseek2", FULL],
  ["gpt-oss", { windows: { fullEvery: 2 } }],
]);

/** The window of each layer in tokens, null for full attention. Throws where the architecture is not known. */
export function layerWindows(hyper: Hyperparameters, layerCount: number): readonly (number | null)[] {
  const rules = rulesOf(hyper.architecture);
  const isSliding = slidingTest(rules, hyper.pattern("attention.sliding_window_pattern"));
  const window = rules.windows === "none" ? null : windowOf(hyper, rules);
  return Array.from({ length: layerCount }, (_, layer) =>
    window !== null && isSliding(layer) ? window : null,
  );
}

/** Throws a GgufError where the architecture cannot be described. */
export function rulesOf(architecture: string): ArchitectureRules {
  const rules = ARCHITECTURES.get(architecture);
  if (rules !== undefined) return rules;
  if (architecture === "clip") {
    throw new GgufError("This is a vision or audio projector, not a model: add the model's own file.");
  }
  const known = [...ARCHITECTURES.keys()].join(", ");
  throw new GgufError(
    `The architecture "${shown(architecture)}" cannot be described from a file yet. Known: ${known}.`,
  );
}

/** Phi-3 without a window sees everything; where layers differ, the window must be stated. */
function windowOf(hyper: Hyperparameters, rules: ArchitectureRules): number | null {
  const key = "attention.sliding_window";
  const window = rules.windows === "all" ? hyper.optionalCount(key) : hyper.count(key);
  return window === 0 ? null : window;
}

function slidingTest(
  { windows }: ArchitectureRules,
  stated: readonly number[] | number | null,
): (layer: number) => boolean {
  if (windows === "all") return () => true;
  if (typeof stated === "object" && stated !== null) return (layer) => stated[layer] === 1;
  const fullEvery = typeof stated === "number" && stated > 0 ? stated : null;
  const period = fullEvery ?? (windows === "none" ? 1 : windows.fullEvery);
  return (layer) => (layer + 1) % period !== 0;
}
