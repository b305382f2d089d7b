import { command } from "#advice/next/command.ts";
import { areAllCards, placedCards, visibleCards } from "#advice/next/placed-cards.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import { step } from "#advice/next/step.ts";
import { derivedModelsLink, folderOf } from "#advice/next/weights-source.ts";
import type { KvCacheType } from "#engine/kv-cache-type.ts";
import { packingFamily, QUANTIZATIONS, type QuantizationName } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { tensorBitsPerWeight } from "#engine/tensor-type.ts";
import { bytesToGib } from "#engine/units.ts";
import { checkpoint, type Checkpoint } from "./checkpoint.ts";
import type { Started } from "./started.ts";
import { say } from "#words/say.ts";
import { madeText } from "./made-text.ts";
import { fixedText } from "#words/numbers.ts";

/**
 * ExLlama behind TabbyAPI, whose settings are in `config.yml` (theroyallab/tabbyAPI, config_sample.yml; conversion:
 * turboderp-org/exllamav3, convert.py; both read 2026-11).
 */
export function startExllama(question: StartQuestion, runtime: Runtime): Started {
  const cards = placedCards(question.fit, question.machine);
  const weights = madeWeights(question);
  return {
    steps: [
      weights.obtain,
      step("start", say("ExLlama behind TabbyAPI"), {
        notes: [
          say(
            "In TabbyAPI's folder, with the model's folder in models/. Its tokens are off for this computer alone.",
          ),
        ],
        files: [{ name: "config.yml", content: config(question, runtime, folderOf(weights.name)) }],
        commands: [
          {
            ...command("python", "main.py"),
            environment: areAllCards(cards, question.machine) ? {} : visibleCards(cards),
          },
        ],
      }),
    ],
    served: { origin: "http://127.0.0.1:5000", modelName: folderOf(weights.name), healthPath: "/health" },
  };
}

/** EXL2 and EXL3 are made with their own converter, which needs one card and some hours. */
function madeWeights(question: StartQuestion): Checkpoint {
  const { quantization, model } = question;
  const weights = checkpoint(question, isExl);
  if (weights.source.kind !== "made") return weights;
  const { repository } = weights.source;
  const bits = bitsOf(quantization);
  const family = packingFamily(quantization);
  const name = `${folderOf(repository)}-${family}-${bits}bpw`;
  return {
    ...weights,
    name,
    obtain: step("obtain", madeText({ name: model.name, bits: fixedText(Number(bits), 1), repository }), {
      notes: [
        say(
          "Unverified: the catalog knows no published {family} weights of it. Others may offer some (first link); this makes them in {project}'s folder.",
          { family: family.toUpperCase(), project: family === "exl3" ? "exllamav3" : "exllamav2" },
        ),
      ],
      commands: [
        command("hf", "download", repository, "--local-dir", folderOf(repository)),
        family === "exl3"
          ? command("python", "convert.py", "-i", folderOf(repository), "-o", name, "-w", "work", "-b", bits)
          : command(
              "python",
              "convert.py",
              "-i",
              folderOf(repository),
              "-o",
              "work",
              "-cf",
              name,
              "-b",
              bits,
            ),
      ],
      links: [derivedModelsLink(repository), `https://huggingface.co/${repository}`],
    }),
  };
}

function isExl(quantization: QuantizationName): boolean {
  return quantization.startsWith("EXL");
}

function bitsOf(quantization: QuantizationName): string {
  return Math.floor(tensorBitsPerWeight(QUANTIZATIONS[quantization].baseType)).toFixed(1);
}

function config(question: StartQuestion, runtime: Runtime, modelName: string): string {
  const { fit, quantization } = question;
  const { contextLength, parallelSequenceCount, keyCacheType, valueCacheType } = fit.scenario;
  const isTensor = fit.placement.kind === "tensor-parallel";
  const cards = fit.placement.devices.filter(({ acceleratorId }) => acceleratorId !== null);
  const { paddingCells } = runtime.cache;
  const shares = cards.map(({ usedBytes }) => bytesToGib(usedBytes).toFixed(1));
  return [
    "network:",
    "  host: 127.0.0.1",
    "  port: 5000",
    "  disable_auth: true",
    "model:",
    "  model_dir: models",
    `  model_name: ${modelName}`,
    `  max_seq_len: ${contextLength}`,
    `  cache_size: ${Math.ceil(contextLength / paddingCells) * paddingCells}`,
    `  cache_mode: ${cacheMode(quantization, keyCacheType, valueCacheType)}`,
    `  chunk_size: ${runtime.batchedTokenCount}`,
    `  max_batch_size: ${parallelSequenceCount}`,
    `  tensor_parallel: ${isTensor}`,
    ...(cards.length < 2 ? [] : ["  gpu_split_auto: false", `  gpu_split: [${shares.join(", ")}]`]),
    "",
  ].join("\n");
}

const CACHE_MODES: Partial<Record<KvCacheType, { readonly name: string; readonly bits: number }>> = {
  q8_0: { name: "Q8", bits: 8 },
  q4_0: { name: "Q4", bits: 4 },
};

/** ExLlamaV2 has names for both together, ExLlamaV3 bits for each. */
function cacheMode(quantization: QuantizationName, keys: KvCacheType, values: KvCacheType): string {
  const keyMode = CACHE_MODES[keys];
  const valueMode = CACHE_MODES[values];
  if (keyMode === undefined || valueMode === undefined) return "FP16";
  return packingFamily(quantization) === "exl3" ? `${keyMode.bits},${valueMode.bits}` : keyMode.name;
}
