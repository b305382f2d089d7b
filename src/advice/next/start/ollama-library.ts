import { command } from "#advice/next/command.ts";
import type { RuntimeQuestion } from "#advice/next/choose-runtime.ts";
import { step, type NextStep } from "#advice/next/step.ts";
import { estimateFit } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { say } from "#words/say.ts";

/** What Ollama's library packs by default by 2024-12 (ollama/ollama issue 1543); Q4_0 before (issue 5425, 2024-07). */
const USUAL: QuantizationName = "Q4_K_M";

/** Each name's own packing is not in the catalog: null for a model of before that, or of a month nobody states. */
function usualPacking({ releaseMonth }: Model): QuantizationName | null {
  return isKnown(releaseMonth) && releaseMonth.value >= "2025-01" ? USUAL : null;
}

/**
 * The shortest way to a running model: its name in Ollama's library, where the catalog has one. Null for a service,
 * where another runtime was named, and where the library's usual packing is not held here: then it would be no advice.
 */
export function ollamaLibraryStep(
  question: RuntimeQuestion,
  { runtime, fit }: { readonly runtime: Runtime; readonly fit: Fit },
): NextStep | null {
  const { model, machine, scenario, purpose, runtimes } = question;
  const name = ollamaName(model);
  const ollama = runtimes.find(({ id }) => id === "ollama");
  const isOther = scenario.runtime !== undefined && scenario.runtime.id !== "ollama";
  if (name === null || ollama === undefined || isOther || purpose !== "development") return null;
  const [page = name] = name.split(":");
  const asUsual = { ...scenario, runtime: ollama };
  const { placement } = estimateFit(model, machine, asUsual, likelyPacking(model));
  if (placement.kind === "none") return null;
  return step("start", say("{name} from Ollama's library", { name }), {
    notes: [
      ...packingNotes(model, name, fit.quantization),
      say("It has a context of Ollama's choice, unless the server is started with {setting}.", {
        setting: `OLLAMA_CONTEXT_LENGTH=${scenario.contextLength}`,
      }),
      ...(runtime.id === "ollama"
        ? []
        : [
            say("The figures here are for {runtime}; Ollama places layers by its own reckoning.", {
              runtime: runtime.name,
            }),
          ]),
      say("Where a command further down names {id}, put {name}.", { id: model.id, name }),
    ],
    commands: [command("ollama", "run", name)],
    links: [`https://ollama.com/library/${page}`],
  });
}

function ollamaName({ otherNames }: Model): string | null {
  const fact = otherNames?.ollama;
  return fact !== undefined && isKnown(fact) ? fact.value : null;
}

/** What is published with few bits already is not packed anew (gpt-oss). */
function isPublishedSmall({ releasePrecision }: Model): boolean {
  return isKnown(releasePrecision) && releasePrecision.value === "MXFP4";
}

function likelyPacking(model: Model): QuantizationName {
  return isPublishedSmall(model) ? "MXFP4_MOE" : USUAL;
}

function packingNotes(model: Model, name: string, shown: QuantizationName | null): readonly string[] {
  const usual = isPublishedSmall(model) ? null : usualPacking(model);
  const values = {
    packing: usual ?? "",
    command: ["ollama", "show", name].join(" "),
    quantization: shown ?? "",
  };
  if (usual === null)
    return [say("Ollama fetches it in the library's own packing; {command} says which that is.", values)];
  return [
    say(
      "Ollama fetches it in the library's own packing: usually {packing}, and {command} says which it is.",
      values,
    ),
    ...(shown === usual
      ? []
      : [say("The figures here are for {quantization}: with {packing} it takes another amount.", values)]),
  ];
}
