import { command } from "#advice/next/command.ts";
import { layersInRam } from "#advice/next/placed-cards.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step, type NextStep } from "#advice/next/step.ts";
import { ggufFile, withInstead, type GgufFile } from "./gguf-file.ts";
import type { Started } from "./started.ts";
import { commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";

const ALL_LAYERS = 999;

/**
 * Ollama: what belongs to the model is in a Modelfile, what belongs to the server in its environment. `num_ctx` is each
 * sequence's (docs/faq.mdx: it is multiplied by OLLAMA_NUM_PARALLEL); `num_gpu` and `num_batch` are the runner's options
 * (`api/types.go`). Read 2026-11.
 */
export function startOllama(question: StartQuestion): Started {
  const { model } = question;
  const file = ggufFile(question, "ollama");
  return {
    steps: [obtainStep(file), startStep(question, file)],
    served: { origin: "http://127.0.0.1:11434", modelName: model.id, healthPath: "/api/version" },
  };
}

function obtainStep(file: GgufFile): NextStep {
  const { onHub } = file;
  if (onHub === null) return file.obtain;
  const found = ollamaName(file);
  const obtain = { ...file.obtain, commands: [command("ollama", "pull", found)] };
  return onHub.insteadName === null ? obtain : withInstead(obtain, { found, made: `./${onHub.insteadName}` });
}

function ollamaName({ onHub, fileName }: GgufFile): string {
  return onHub === null ? `./${fileName ?? ""}` : `hf.co/${onHub.repository}:${onHub.tag}`;
}

function startStep(question: StartQuestion, file: GgufFile): NextStep {
  const { model } = question;
  return step("start", "Ollama", {
    notes: [
      say(
        "Start the server with these variables (end one that runs already), then make the model in a second window.",
      ),
      ...splitNotes(question),
    ],
    files: [{ name: "Modelfile", content: modelfile(question, file) }],
    commands: [
      { program: "ollama", words: ["serve"], environment: environmentOf(question) },
      command("ollama", "create", model.id, "-f", "Modelfile"),
      command("ollama", "run", model.id),
    ],
  });
}

function modelfile({ fit, architecture }: StartQuestion, file: GgufFile): string {
  const { layerCount, totalLayerCount } = layersInRam(architecture, fit);
  const { contextLength, microBatchSize } = fit.scenario;
  const onCards = layerCount === 0 ? ALL_LAYERS : totalLayerCount - layerCount + 1;
  return [
    `FROM ${ollamaName(file)}`,
    `PARAMETER num_ctx ${contextLength}`,
    `PARAMETER num_gpu ${fit.placement.kind === "cpu" ? 0 : onCards}`,
    `PARAMETER num_batch ${microBatchSize}`,
    "",
  ].join("\n");
}

function environmentOf({ fit }: StartQuestion): Readonly<Record<string, string>> {
  const { contextLength, keyCacheType, flashAttention, parallelSequenceCount } = fit.scenario;
  return {
    OLLAMA_CONTEXT_LENGTH: `${contextLength}`,
    OLLAMA_NUM_PARALLEL: `${parallelSequenceCount}`,
    OLLAMA_KV_CACHE_TYPE: keyCacheType,
    OLLAMA_FLASH_ATTENTION: flashAttention ? "1" : "0",
    OLLAMA_MAX_LOADED_MODELS: "1",
  };
}

function splitNotes({ fit }: StartQuestion): readonly string[] {
  const cards = fit.placement.devices.filter(({ acceleratorId }) => acceleratorId !== null);
  if (cards.length < 2) return [];
  const counts = commaText(
    cards.map(({ name, layerCount }) => say("{count} on {name}", { count: layerCount, name })),
  );
  return [
    say(
      "Ollama shares layers out by its own reckoning; Fitment's has {counts}. llama.cpp takes the counts as given.",
      { counts },
    ),
  ];
}
