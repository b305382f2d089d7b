import { loadsPacking, type Runtime } from "#engine/runtime.ts";
import { ableRuntime } from "./able-runtime.ts";
import { effectOf, isFaster, leavesRam } from "./effect.ts";
import { isOnAccelerators, stateWith, type OptimiseQuestion, type State } from "./state.ts";
import {
  NOTHING_FOUND,
  refused,
  suggestion,
  type Found,
  type Refusal,
  type Suggestion,
} from "./suggestion.ts";
import { say } from "#words/say.ts";

/** A runtime that would do as well, of whose speed here nothing is known. */
export interface WorthTrying {
  readonly runtimeId: string;
  readonly name: string;
  readonly quantization: string;
  readonly reason: string;
}

/** Another program to run it: one that holds more of it on the cards, loads a better packing, or is faster here. */
export function otherRuntimes(
  question: OptimiseQuestion,
  before: State,
): Found & { readonly worthTrying: readonly WorthTrying[] } {
  const own = question.scenario.runtime?.id ?? "llama.cpp";
  const engine = question.scenario.runtime?.engine ?? "llama.cpp";
  const others = question.runtimes.filter(({ id }) => id !== own);
  const tried = others.map((runtime) => tryRuntime(question, before, runtime));
  const suggestions = tried.flatMap((each) => each.suggestions);
  return {
    suggestions: suggestions.filter((one, index) =>
      isFirstOfItsEngine(one, suggestions.slice(0, index), others),
    ),
    refusals: fp8Refusals(question),
    // What runs the same engine is as fast.
    worthTrying: tried.flatMap(({ worthTrying }, index) =>
      others[index]?.engine === engine && engine === "llama.cpp" ? [] : worthTrying,
    ),
  };
}

/** llama.cpp, Ollama and LM Studio are one engine: of those that help alike the first is named. */
function isFirstOfItsEngine(
  one: Suggestion,
  earlier: readonly Suggestion[],
  runtimes: readonly Runtime[],
): boolean {
  const engineOf = ({ lever }: Suggestion): string | undefined =>
    lever.kind === "runtime" ? runtimes.find(({ id }) => id === lever.runtimeId)?.engine : undefined;
  return engineOf(one) !== "llama.cpp" || !earlier.some((each) => engineOf(each) === "llama.cpp");
}

type Tried = Pick<Found, "suggestions"> & { readonly worthTrying: readonly WorthTrying[] };

const NOTHING: Tried = { suggestions: NOTHING_FOUND.suggestions, worthTrying: [] };

function tryRuntime(question: OptimiseQuestion, before: State, whole: Runtime): Tried {
  const { machine, data } = question;
  const { runtime } = ableRuntime(whole, machine, data.cards);
  const isSame = loadsPacking(runtime, before.quantization);
  const after = stateWith(question, {
    scenario: { runtime },
    quantization: isSame ? before.quantization : null,
  });
  if (after === null || (isOnAccelerators(before) && !isOnAccelerators(after))) return NOTHING;
  const effect = effectOf(before, after);
  const isWorse = effect.qualityPoints !== null && effect.qualityPoints < -WORSE_FROM_POINTS;
  const helps = isFaster(effect) || (leavesRam(before, after) && isOnAccelerators(after));
  if (helps && !isWorse) {
    return {
      suggestions: [
        suggestion(before, after, {
          lever: { kind: "runtime", runtimeId: runtime.id, quantization: after.quantization },
          title: say("{name} at {quantization}", {
            name: runtime.name,
            quantization: after.quantization,
          }),
          reason: reasonFor(before, after, runtime),
        }),
      ],
      worthTrying: [],
    };
  }
  return {
    suggestions: [],
    worthTrying: effect.decodeFactor === null && !isWorse ? [unmeasured(runtime, after)] : [],
  };
}

/** More is what a packing brings, and no program: the own one has smaller packings, too. Our choice. */
const WORSE_FROM_POINTS = 0.3;

function reasonFor(before: State, after: State, { name }: Runtime): string {
  if (after.fit.placement.kind === "expert-offload" && before.fit.placement.kind === "layer-offload") {
    return say("{name} keeps only experts in RAM, and attention on the card.", { name });
  }
  if (leavesRam(before, after)) return say("{name} holds all of it on the accelerators.", { name });
  if (after.fit.placement.kind === "tensor-parallel") {
    return say("{name} lets the cards work at once.", { name });
  }
  const { quantization } = after;
  return quantization === before.quantization
    ? say("{name} was measured faster on such hardware.", { name })
    : say("{name} has a packing of {quantization}, which is faster here.", { name, quantization });
}

function unmeasured({ id, name }: Runtime, { quantization }: State): WorthTrying {
  return {
    runtimeId: id,
    name,
    quantization,
    reason: say(
      "It holds here at {quantization}, too; nobody published controlled rates of it on such hardware.",
      { quantization },
    ),
  };
}

/** FP8 is what guides name first: said once where the hardware has it not. */
function fp8Refusals({ machine, runtimes, data }: OptimiseQuestion): readonly Refusal[] {
  const server = runtimes.find(({ id }) => id === "vllm");
  if (server === undefined) return [];
  const entry = ableRuntime(server, machine, data.cards).refused.find(({ packing }) => packing === "fp8");
  return entry === undefined ? [] : refused("fp8", entry.ability.reason, entry.ability.source).refusals;
}
