import { TASKS, type Task } from "#advice/task.ts";
import type { Fit } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import { neededFacts } from "#engine/prepare.ts";
import type { Runtime } from "#engine/runtime.ts";
import { checkStep } from "./check.ts";
import { chooseRuntime, type RuntimeChoice, type RuntimeQuestion } from "./choose-runtime.ts";
import { evaluateStep } from "./evaluate.ts";
import { fineTuneStep } from "./fine-tune.ts";
import { placedCards } from "./placed-cards.ts";
import { monitorStep, scaleStep } from "./production.ts";
import type { StartQuestion } from "./question.ts";
import { severalMachines, type SeveralMachines } from "./several-machines.ts";
import { ollamaLibraryStep } from "./start/ollama-library.ts";
import { startIn } from "./start/start.ts";
import type { NextStep } from "./step.ts";
import { say } from "#words/say.ts";

/** A choice, and what it is for. */
export interface NextQuestion extends RuntimeQuestion {
  /** Null: the first of the model's own tasks that has tests. */
  readonly task: Task | null;
}

/**
 * What to do now. `here`: with the answer the commands carry. `elsewhere`: one machine does not hold it. `unknown`: a
 * fact is missing, without which no command would carry anything.
 */
export type NextSteps =
  | {
      readonly kind: "here";
      readonly runtime: Runtime;
      readonly fit: Fit;
      /** Somebody chose the packing, and the verdict is about it alone; else it is the best that fits. */
      readonly isPackingNamed: boolean;
      /** Why the steps are for another packing than the one that was chosen; empty where they are for that. */
      readonly refusals: RuntimeChoice["refusals"];
      /** A shorter way than the steps begin with, in a packing that is not sure to be this; null where none is known. */
      readonly library: NextStep | null;
      readonly steps: readonly NextStep[];
      readonly others: RuntimeChoice["others"];
    }
  | {
      readonly kind: "elsewhere";
      readonly several: readonly SeveralMachines[];
      readonly others: RuntimeChoice["others"];
    }
  | { readonly kind: "unknown"; readonly missing: string; readonly others: RuntimeChoice["others"] };

/** Obtain, start, check, evaluate, fine-tune; for a service also watch and scale; or the same over several machines. */
export function nextSteps(question: NextQuestion): NextSteps {
  const facts = neededFacts(question.model);
  if (facts.kind === "missing") return { kind: "unknown", missing: facts.reason, others: [] };
  const { chosen, others, refusals } = chooseRuntime(question);
  const quantization = chosen?.fit.quantization ?? null;
  if (chosen === null || quantization === null) {
    return { kind: "elsewhere", several: severalMachines(question), others };
  }
  const { runtime, fit } = chosen;
  const start = { ...question, architecture: facts.architecture, fit, quantization };
  const isPackingNamed = question.quantization !== null && refusals.length === 0;
  const library = ollamaLibraryStep(question, chosen);
  const steps = stepsOf(start, question, runtime);
  return { kind: "here", runtime, fit, isPackingNamed, refusals, library, steps, others };
}

function stepsOf(start: StartQuestion, question: NextQuestion, runtime: Runtime): readonly NextStep[] {
  const started = startIn(start, runtime);
  const { served } = started;
  const isService = question.purpose === "production";
  const task = question.task ?? firstTask(question.model);
  const monitor = isService && served !== null ? monitorStep(runtime, served) : null;
  return [
    ...started.steps.map((each) => (each.kind === "start" ? withExtras(each, start.fit) : each)),
    ...(served === null ? [] : [checkStep(start, served)]),
    ...(monitor === null ? [] : [monitor]),
    ...(isService ? [scaleStep(start, placedCards(start.fit, start.machine))] : []),
    ...(served === null ? [] : [evaluateStep(question.model, task, served)]),
    fineTuneStep(start),
  ];
}

/** What the verdict counts beside the model, and the command cannot name: which file that is only the person knows. */
function withExtras(start: NextStep, { scenario }: Fit): NextStep {
  const { extras } = scenario;
  if (extras === undefined) return start;
  const notes = [
    ...(extras.draft === null
      ? []
      : [say("The verdict has room for a draft model: name its file, too (llama.cpp: -md).")]),
    ...(extras.loraRank === null
      ? []
      : [say("The verdict has room for a LoRA adapter: name it, too (--lora).")]),
    ...(extras.projector
      ? [say("The verdict has room for the projector of images (llama.cpp: --mmproj).")]
      : []),
    ...(extras.mtp
      ? [say("The verdict has room for the model's own block that predicts several tokens.")]
      : []),
  ];
  return { ...start, notes: [...start.notes, ...notes] };
}

/** The catalog's words for tasks are its own; what none of them says is general text. */
function firstTask({ tasks }: Model): Task {
  if (tasks.includes("code")) return "code";
  if (tasks.some((task) => task.startsWith("math"))) return "mathematics-reasoning";
  return TASKS.find((task) => tasks.includes(task)) ?? "general";
}
