import { command } from "#advice/next/command.ts";
import { layersInRam } from "#advice/next/placed-cards.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step, type NextStep, type Setting } from "#advice/next/step.ts";
import { countText } from "#advice/next/text.ts";
import { ggufFile, withInstead, type GgufFile } from "./gguf-file.ts";
import type { Started } from "./started.ts";
import { say } from "#words/say.ts";

/**
 * LM Studio by its command line (`lms load`: lmstudio-ai/lms, src/subcommands/load.ts, read 2026-11), which knows the
 * context and the share of layers on the GPU. The rest is set in the model's load settings.
 */
export function startLmStudio(question: StartQuestion): Started {
  const file = ggufFile(question, "lmstudio");
  return {
    steps: [obtainStep(file), startStep(question, file)],
    served: { origin: "http://127.0.0.1:1234", modelName: question.model.id, healthPath: "/v1/models" },
  };
}

function obtainStep({ obtain, onHub, fileName }: GgufFile): NextStep {
  if (onHub === null) {
    return { ...obtain, commands: [...obtain.commands, command("lms", "import", fileName ?? "")] };
  }
  const { repository, tag, insteadName } = onHub;
  const commands = [command("lms", "get", `https://huggingface.co/${repository}@${tag.toLowerCase()}`)];
  if (insteadName !== null) {
    const imported = [command("lms", "import", insteadName)];
    return withInstead({ ...obtain, commands }, { found: repository, made: insteadName, commands: imported });
  }
  return { ...obtain, commands, links: [`lmstudio://open_from_hf?model=${repository}`, ...obtain.links] };
}

function startStep(question: StartQuestion, { onHub, fileName }: GgufFile): NextStep {
  const { model, fit } = question;
  const key = onHub?.repository ?? fileName ?? model.id;
  return step("start", "LM Studio", {
    notes: [say("Set what is listed in the model's load settings first; the command carries the rest.")],
    settings: settingsOf(question),
    commands: [
      command(
        "lms",
        "load",
        key,
        ...["--gpu", gpuShare(question)],
        ...["--context-length", `${fit.scenario.contextLength}`],
        ...["--identifier", model.id],
        "-y",
      ),
      command("lms", "server", "start", "--port", "1234"),
    ],
  });
}

/** Enough digits to tell any two counts of layers apart. */
const SHARE_DIGITS = 4;

function gpuShare({ fit, architecture }: StartQuestion): string {
  if (fit.placement.kind === "cpu") return "off";
  const { layerCount, totalLayerCount } = layersInRam(architecture, fit);
  return layerCount === 0 ? "max" : ((totalLayerCount - layerCount) / totalLayerCount).toFixed(SHARE_DIGITS);
}

function settingsOf({ fit, architecture }: StartQuestion): readonly Setting[] {
  const { scenario } = fit;
  const { expertLayerCount } = layersInRam(architecture, fit);
  return [
    { label: "K cache quantization type", value: scenario.keyCacheType },
    { label: "V cache quantization type", value: scenario.valueCacheType },
    { label: "Flash attention", value: scenario.flashAttention ? "on" : "off" },
    { label: "Evaluation batch size", value: countText(scenario.microBatchSize) },
    { label: "Max concurrent predictions", value: countText(scenario.parallelSequenceCount) },
    ...(expertLayerCount === 0
      ? []
      : [{ label: "Layers whose MoE weights are forced onto the CPU", value: countText(expertLayerCount) }]),
  ];
}
