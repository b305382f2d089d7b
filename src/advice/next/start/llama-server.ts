import { areAllCards, layersInRam, placedCards, type PlacedCard } from "#advice/next/placed-cards.ts";
import type { Served, StartQuestion } from "#advice/next/question.ts";
import { step, type NextStep } from "#advice/next/step.ts";
import type { Backend } from "#engine/backend.ts";
import type { Fit } from "#engine/fit.ts";
import { ggufFile, withInstead, type GgufFile, type OnHub } from "./gguf-file.ts";
import type { Started } from "./started.ts";
import { say } from "#words/say.ts";

const ORIGIN = "http://127.0.0.1:8080";

/** More layers than any model has: all of them, in every build ("all" is read by newer ones only). */
const ALL_LAYERS = 999;

/** What llama.cpp calls devices (`ggml-cuda.cu` and its kin), before their number. */
const DEVICE_NAMES: Record<Backend, string> = {
  cuda: "CUDA",
  rocm: "ROCm",
  vulkan: "Vulkan",
  sycl: "SYCL",
  metal: "MTL",
  cpu: "CPU",
};

/** A batch is never smaller than its parts: `--batch-size` is 2,048 unless told otherwise. */
const DEFAULT_BATCH_SIZE = 2048;

/**
 * llama.cpp's server. Flags as in `tools/server/README.md` (read 2026-11); with the number of layers given, it does not
 * adjust anything to memory by itself (`--fit` touches only what is not set).
 */
export function startLlamaServer(question: StartQuestion): Started {
  const file = llamaFile(question);
  return {
    steps: [obtainStep(file), startStep(question, file)],
    served: served(question),
  };
}

/** Where it answers. */
export function served({ model }: StartQuestion): Served {
  return { origin: ORIGIN, modelName: model.id, healthPath: "/health" };
}

/** The file as llama.cpp's own programs are told of it. */
export function llamaFile(question: StartQuestion): GgufFile {
  const file = ggufFile(question, "llama.cpp");
  const { onHub } = file;
  if (onHub?.insteadName == null) return file;
  const words = { found: `-hf ${hubName(onHub)}`, made: `-m ${onHub.insteadName}` };
  return { ...file, obtain: withInstead(file.obtain, words) };
}

function hubName({ repository, tag }: OnHub): string {
  return `${repository}:${tag}`;
}

/** The server fetches a published file by itself. */
function obtainStep(file: GgufFile): NextStep {
  if (file.onHub === null) return file.obtain;
  return {
    ...file.obtain,
    notes: [...file.obtain.notes, say("llama-server downloads it at its first start.")],
  };
}

function startStep(question: StartQuestion, file: GgufFile): NextStep {
  const cards = placedCards(question.fit, question.machine);
  const isNamed = cards.length > 0 && !areAllCards(cards, question.machine);
  const hasCuda = cards.some(({ backend }) => backend === "cuda");
  return step("start", say("llama.cpp's server"), {
    notes: [
      ...(isNamed
        ? [say("llama-server --list-devices shows what the devices after -dev are called here.")]
        : []),
      ...(layersHeld(question)
        ? [say("Its cache of old prompts in RAM (8 GiB) is off: RAM holds part of the model.")]
        : []),
    ],
    commands: [
      {
        program: "llama-server",
        words: llamaServerWords(question, { file, cards: isNamed ? cards : null }),
        environment: isNamed && hasCuda ? { CUDA_DEVICE_ORDER: "PCI_BUS_ID" } : {},
      },
    ],
  });
}

/** Every word after the program's name. `cards`: those to name, null where it would take them by itself. */
export function llamaServerWords(
  question: StartQuestion,
  { file, cards }: { readonly file: GgufFile; readonly cards: readonly PlacedCard[] | null },
): readonly string[] {
  const { model, fit, purpose } = question;
  const { contextLength, parallelSequenceCount, keyCacheType, valueCacheType } = fit.scenario;
  const { flashAttention, microBatchSize } = fit.scenario;
  return [
    ...fileWords(question, file),
    ...["--alias", model.id],
    ...["-c", `${contextLength}`],
    ...["-np", `${parallelSequenceCount}`],
    ...(parallelSequenceCount > 1 ? ["-kvu"] : []), // the sequences share one pool, as the verdict has it
    ...placementWords(question, cards),
    ...["-ctk", keyCacheType, "-ctv", valueCacheType],
    ...["-fa", flashAttention ? "on" : "off"],
    ...["-ub", `${microBatchSize}`],
    ...(microBatchSize > DEFAULT_BATCH_SIZE ? ["-b", `${microBatchSize}`] : []),
    ...(layersHeld(question) ? ["--cache-ram", "0"] : []),
    ...(purpose === "production" ? ["--metrics"] : []),
    ...["--host", "127.0.0.1", "--port", "8080"],
  ];
}

function fileWords({ model, fit }: StartQuestion, { fileName, onHub }: GgufFile): readonly string[] {
  if (onHub === null) return ["-m", fileName ?? `${model.id}.gguf`];
  // What sees images is a file of its own, which a verdict counts only where that was asked for.
  const isCounted = fit.scenario.extras?.projector === true;
  const withoutVision = model.modalities.length > 1 && !isCounted ? ["--no-mmproj"] : [];
  return ["-hf", hubName(onHub), ...withoutVision];
}

function placementWords(question: StartQuestion, named: readonly PlacedCard[] | null): readonly string[] {
  const { fit, architecture, machine } = question;
  const { layerCount, totalLayerCount, expertLayerCount } = layersInRam(architecture, fit);
  if (fit.placement.kind === "cpu") return ["-ngl", "0", "--device", "none"];
  const onCards = layerCount === 0 ? ALL_LAYERS : totalLayerCount - layerCount + 1; // the output counts as one
  const names = (named ?? []).map(({ backend, index }) => `${DEVICE_NAMES[backend]}${index}`);
  return [
    ...["-ngl", `${onCards}`],
    ...(names.length === 0 ? [] : ["-dev", names.join(",")]),
    ...splitWords(fit, placedCards(fit, machine)),
    ...(expertLayerCount === 0 ? [] : ["--n-cpu-moe", `${expertLayerCount}`]),
  ];
}

/**
 * Layer counts as proportions: a layer goes where its number over all layers and the output falls
 * (`llama-model.cpp`, `get_layer_buft_list`), so that the last card's count has the output in it.
 */
function splitWords({ placement }: Fit, cards: readonly PlacedCard[]): readonly string[] {
  if (cards.length < 2) return [];
  if (placement.kind === "tensor-parallel") return ["-sm", "tensor"];
  const counts = cards.map(({ device }, index) => device.layerCount + (index === cards.length - 1 ? 1 : 0));
  return ["-sm", "layer", "-ts", counts.join(",")];
}

function layersHeld({ fit }: StartQuestion): boolean {
  return ["expert-offload", "layer-offload", "cpu"].includes(fit.placement.kind);
}
