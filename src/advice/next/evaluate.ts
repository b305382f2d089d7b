import type { Task } from "#advice/task.ts";
import type { Model } from "#engine/model.ts";
import { command } from "./command.ts";
import type { Served } from "./question.ts";
import { step, type NextStep } from "./step.ts";
import { say } from "#words/say.ts";

/**
 * Tests of lm-evaluation-harness that a served chat model can answer (they are generated, not scored by likelihood) and
 * that match a task. Names as in lm_eval/tasks (EleutherAI/lm-evaluation-harness, read 2026-11). Code is EvalPlus's.
 */
const HARNESS_TASKS: Record<Exclude<Task, "code">, readonly string[]> = {
  general: ["mmlu_pro", "ifeval"],
  chat: ["ifeval"],
  "mathematics-reasoning": ["gsm8k_cot_zeroshot", "minerva_math"],
  multilingual: ["mgsm_native_cot"],
  vision: ["mmmu_val"],
  "long-documents": ["ifeval"],
  "tool-use": ["ifeval"],
};

/** What no harness here measures is said, with what to do instead. */
function ownTests(task: Task): readonly string[] {
  switch (task) {
    case "long-documents":
      return [
        say(
          "These tests are short. Ask about ten of your own documents, with the answer near the start, the middle and the end.",
        ),
      ];
    case "tool-use":
      return [
        say(
          "These tests call no tool. Replay twenty of your own calls, and count those whose name and arguments are right.",
        ),
      ];
    case "vision":
      return [
        say(
          "The served text model sees no image: mmmu_val is run by the harness with its own vision model type.",
        ),
      ];
    case "general":
    case "chat":
    case "code":
    case "mathematics-reasoning":
    case "multilingual":
      return [];
  }
}

/** How well it does what it is for: a named harness against the running server, and the person's own cases. */
export function evaluateStep(model: Model, task: Task, served: Served): NextStep {
  const notes = [
    ...ownTests(task),
    say(
      "Then try twenty cases of your own, and the same with the runner-up: that decides more than any benchmark.",
    ),
  ];
  if (task === "code") return codeStep(served, notes);
  if (task === "vision") return visionStep(model, notes);
  return step("evaluate", harnessTitle(), {
    notes: [
      say("Needs pip install lm_eval[api]. --limit 100 is for a first look: leave it out for a full run."),
      ...notes,
    ],
    commands: [
      command(
        "lm-eval",
        "run",
        ...["--model", "local-chat-completions"],
        ...["--model_args", modelArguments(served)],
        ...["--tasks", HARNESS_TASKS[task].join(",")],
        "--apply_chat_template",
        ...["--limit", "100"],
      ),
    ],
    links: ["https://github.com/EleutherAI/lm-evaluation-harness"],
  });
}

function harnessTitle(): string {
  return say("Measure it with {tool}", { tool: "lm-evaluation-harness" });
}

function modelArguments({ origin, modelName }: Served): string {
  return `model=${modelName},base_url=${origin}/v1/chat/completions,num_concurrent=1,max_retries=3`;
}

function codeStep({ origin, modelName }: Served, notes: readonly string[]): NextStep {
  const evaluate = (dataset: string) => ({
    ...command(
      "evalplus.evaluate",
      ...["--model", modelName],
      ...["--dataset", dataset],
      ...["--backend", "openai"],
      ...["--base-url", `${origin}/v1`],
      "--greedy",
    ),
    environment: { OPENAI_API_KEY: "none" },
  });
  return step("evaluate", say("Measure it with {tool}", { tool: "EvalPlus" }), {
    notes: [say("Needs pip install evalplus. It runs what the model writes: use a container."), ...notes],
    commands: [evaluate("humaneval"), evaluate("mbpp")],
    links: ["https://github.com/evalplus/evalplus"],
  });
}

function visionStep({ huggingFaceId, id }: Model, notes: readonly string[]): NextStep {
  const name = huggingFaceId ?? `./${id}`;
  return step("evaluate", harnessTitle(), {
    notes: [say("Needs pip install lm_eval[hf]. It loads the makers' own weights."), ...notes],
    commands: [
      command(
        "lm-eval",
        "run",
        ...["--model", "hf-multimodal"],
        ...["--model_args", `pretrained=${name}`],
        ...["--tasks", HARNESS_TASKS.vision.join(",")],
        "--apply_chat_template",
        ...["--limit", "100"],
      ),
    ],
    links: ["https://github.com/EleutherAI/lm-evaluation-harness"],
  });
}
