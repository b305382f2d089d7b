import { command } from "#advice/next/command.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step } from "#advice/next/step.ts";
import { countText } from "#advice/next/text.ts";
import { derivedModelsLink, folderOf } from "#advice/next/weights-source.ts";
import { QUANTIZATIONS, type QuantizationName } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { tensorBitsPerWeight } from "#engine/tensor-type.ts";
import { checkpoint, type Checkpoint } from "./checkpoint.ts";
import type { Started } from "./started.ts";
import { say } from "#words/say.ts";
import { madeText } from "./made-text.ts";

/** MLX's server (ml-explore/mlx-lm, mlx_lm/server.py and convert.py, read 2026-11). */
export function startMlx(question: StartQuestion, runtime: Runtime): Started {
  const { model, fit } = question;
  const weights = madeWeights(question);
  const { contextLength, parallelSequenceCount } = fit.scenario;
  return {
    steps: [
      weights.obtain,
      step("start", "MLX", {
        notes: [
          say("The server has no limit on the context: keep prompts and answers within what is listed."),
        ],
        settings: [{ label: say("Longest context"), value: countText(contextLength) }],
        commands: [
          command(
            "mlx_lm.server",
            ...["--model", weights.name],
            ...["--decode-concurrency", `${parallelSequenceCount}`],
            ...["--prompt-concurrency", `${parallelSequenceCount}`],
            ...["--prefill-step-size", `${runtime.batchedTokenCount}`],
            ...["--prompt-cache-size", "1"],
            ...["--host", "127.0.0.1", "--port", "8080"],
          ),
        ],
      }),
    ],
    served: {
      origin: "http://127.0.0.1:8080",
      modelName: servedName(model.id, weights),
      healthPath: "/health",
    },
  };
}

/** It answers to the name it was started with. */
function servedName(id: string, { name }: Checkpoint): string {
  return name === "" ? id : name;
}

/** `mlx_lm.convert` packs the makers' weights in groups of 64. */
function madeWeights(question: StartQuestion): Checkpoint {
  const { quantization, model } = question;
  const weights = checkpoint(question, isMlx);
  if (weights.source.kind !== "made") return weights;
  const { repository } = weights.source;
  const bits = `${Math.floor(tensorBitsPerWeight(QUANTIZATIONS[quantization].baseType))}`;
  const name = `${folderOf(repository)}-${bits}bit`;
  return {
    ...weights,
    name,
    obtain: step("obtain", madeText({ name: model.name, bits, repository }), {
      notes: [
        say(
          "Unverified: the catalog knows no published MLX weights of it at {bits} bits. Others may offer some (first link); this makes them from the makers' own.",
          { bits },
        ),
      ],
      commands: [
        command(
          "mlx_lm.convert",
          ...["--hf-path", repository],
          ...["--mlx-path", name],
          "-q",
          ...["--q-bits", bits],
          ...["--q-group-size", "64"],
        ),
      ],
      links: [derivedModelsLink(repository), `https://huggingface.co/${repository}`],
    }),
  };
}

function isMlx(quantization: QuantizationName): boolean {
  return quantization.startsWith("MLX_");
}
