import { ableRuntime } from "#advice/optimise/able-runtime.ts";
import type { Card } from "#engine/card.ts";
import { estimateBuild, estimateFit } from "#engine/estimate.ts";
import type { Fit, PlacementKind } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { loadsPacking, type Runtime } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import type { Purpose } from "./question.ts";
import { canStart } from "./start/start.ts";
import { say } from "#words/say.ts";

/** What a runtime is chosen for. */
export interface RuntimeQuestion {
  readonly model: Model;
  readonly machine: MachineReport;
  /** With a runtime only where the person names one. */
  readonly scenario: Scenario;
  readonly quantization: QuantizationName | null;
  readonly purpose: Purpose;
  readonly cards: readonly Card[];
  readonly runtimes: readonly Runtime[];
}

/** A runtime that holds the model here, with its own answer; and why others were passed over. */
export interface RuntimeChoice {
  readonly chosen: { readonly runtime: Runtime; readonly fit: Fit } | null;
  readonly others: readonly { readonly runtime: Runtime; readonly reason: string }[];
  /** Why no runtime has the packing that was named; then `chosen` has its own best. Else empty. */
  readonly refusals: readonly string[];
}

/** In the order in which they are tried. llama.cpp's server stands in where neither of the servers runs. */
const RUNTIMES_FOR: Record<Purpose, readonly string[]> = {
  development: ["ollama", "llama.cpp", "lm-studio", "mlx"],
  production: ["vllm", "sglang", "llama.cpp"],
};

/** Tried for a packing that none of the usual ones loads. */
const OF_OTHER_PACKINGS: readonly string[] = ["vllm", "sglang", "exllama", "transformers"];

/**
 * The first that holds the whole model on accelerators (or in RAM where there are none), else the best with offload. A
 * packing that was named and that some do not load while no other holds it gives way to the best that one has.
 */
export function chooseRuntime(question: RuntimeQuestion): RuntimeChoice {
  const tried = candidates(question).map((runtime) => tryRuntime(question, runtime));
  const named = { ...bestOf(tried), refusals: [] };
  if (named.chosen !== null || !tried.some((one) => one.kind === "not-loaded")) return named;
  const anyPacking = { ...question, quantization: null };
  const own = bestOf(candidates(anyPacking).map((runtime) => tryRuntime(anyPacking, runtime)));
  return own.chosen === null ? named : { ...own, refusals: refusalsOf(tried, question.quantization ?? "") };
}

/** Several that all do not load it are one sentence. */
function refusalsOf(tried: readonly Tried[], quantization: string): readonly string[] {
  if (tried.length > 1 && tried.every(({ kind }) => kind === "not-loaded"))
    return [say("No runtime that Fitment knows commands for loads {quantization} here.", { quantization })];
  return [...new Set(tried.flatMap((one) => (one.kind === "usable" ? [] : [one.reason])))];
}

function bestOf(tried: readonly Tried[]): Omit<RuntimeChoice, "refusals"> {
  const usable = tried.filter((one) => one.kind === "usable");
  const [best] = [...usable].sort((one, other) => rank(one.fit) - rank(other.fit)); // stable: the order of the list
  const others = tried
    .filter((one) => one !== best)
    .map((one) => ({
      runtime: one.runtime,
      reason: one.kind === "usable" ? say("It would do, too.") : one.reason,
    }));
  return { chosen: best === undefined ? null : { runtime: best.runtime, fit: best.fit }, others };
}

function candidates(question: RuntimeQuestion): readonly Runtime[] {
  const { scenario, runtimes, purpose, quantization } = question;
  if (scenario.runtime !== undefined) return [scenario.runtime];
  const named = (ids: readonly string[]): readonly Runtime[] =>
    ids.flatMap((id) => runtimes.find((runtime) => runtime.id === id) ?? []);
  const usual = named(RUNTIMES_FOR[purpose]);
  const isLoaded =
    quantization === null ||
    usual.some((whole) =>
      loadsPacking(ableRuntime(whole, question.machine, question.cards).runtime, quantization),
    );
  return isLoaded ? usual : [...new Set([...usual, ...named(OF_OTHER_PACKINGS)])];
}

type Tried =
  | { readonly kind: "usable"; readonly runtime: Runtime; readonly fit: Fit }
  | { readonly kind: "passed-over" | "not-loaded"; readonly runtime: Runtime; readonly reason: string };

function tryRuntime(
  { model, machine, scenario, quantization, cards }: RuntimeQuestion,
  whole: Runtime,
): Tried {
  const { name } = whole;
  const passedOver = (reason: string): Tried => ({ kind: "passed-over", runtime: whole, reason });
  if (!canStart(whole)) return passedOver(say("Fitment knows no commands for {name}.", { name }));
  const { runtime } = ableRuntime(whole, machine, cards);
  if (quantization !== null && !loadsPacking(runtime, quantization)) {
    const reason = say("{name} does not load {quantization} here.", { name, quantization });
    return { kind: "not-loaded", runtime: whole, reason };
  }
  const asked = { ...scenario, runtime };
  const fit =
    quantization === null
      ? estimateFit(model, machine, asked)
      : estimateBuild(model, machine, asked, quantization);
  if (fit.verdict.kind === "unknown" && fit.quantization === null) return passedOver(fit.verdict.missing);
  if (fit.placement.kind === "none") {
    return passedOver(say("{name} does not hold it on this machine.", { name }));
  }
  const unsaid = scenario.runtime === undefined ? cannotSay(runtime, fit) : null;
  return unsaid === null ? { kind: "usable", runtime, fit } : passedOver(unsaid);
}

/** What of a placement a runtime has no words for; not held against it where a person asked for it. */
function cannotSay({ id, name }: Runtime, { scenario, placement }: Fit): string | null {
  if (id !== "ollama") return null;
  if (scenario.keyCacheType !== scenario.valueCacheType) {
    return say("{name} has one type for keys and values.", { name });
  }
  return placement.devices.filter(({ acceleratorId }) => acceleratorId !== null).length > 1
    ? say("{name} shares layers out over cards by its own reckoning.", { name })
    : null;
}

const ON_ACCELERATORS: readonly PlacementKind[] = ["single", "layer-split", "tensor-parallel"];

function rank({ placement }: Fit): number {
  if (ON_ACCELERATORS.includes(placement.kind)) return 0;
  if (placement.kind === "expert-offload") return 1;
  return placement.kind === "layer-offload" ? 2 : 3;
}
