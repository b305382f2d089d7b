import { GgufError } from "#catalog/gguf/header.ts";
import { modelOfGguf } from "#catalog/gguf/model.ts";
import { readGgufModel } from "#catalog/gguf/read-parts.ts";
import { saveOwnModel, type SavedModel } from "#catalog/own/save-model.ts";
import { isKnown } from "#engine/fact.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import { weightsBytes, weightsOf } from "#engine/memory/weights.ts";
import type { Model } from "#engine/model.ts";
import type { Options } from "#cli/arguments.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { AnswerError, UsageError } from "#cli/usage-error.ts";
import { formatMemory, formatParameterCount } from "#shared/format.ts";

/** `fitment add FILE.gguf`: writes the model of a file, or of all parts of a split one, into the person's own catalog. */
export async function add(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  if (operands.length === 0) throw new UsageError("add takes a GGUF file: fitment add MODEL.gguf");
  const model = await withOwnId(await readModel(operands), surroundings);
  const saved = await save(model, surroundings);
  const { print } = surroundings;
  if (options.json === true) print(JSON.stringify({ schemaVersion: 1, ...saved, model }, null, 2));
  else print(addedLines(model, saved).join("\n"));
}

async function readModel(files: readonly string[]): Promise<Model> {
  try {
    return modelOfGguf(await readGgufModel(files));
  } catch (error) {
    if (error instanceof GgufError) throw new AnswerError(error.message);
    throw error;
  }
}

/** A file that happens to be named like a shipped model is another entry: it does not take the shipped one's place. */
async function withOwnId(model: Model, { loadCatalog }: Surroundings): Promise<Model> {
  const { models } = await loadCatalog();
  const isTaken = (id: string): boolean => models.some((other) => other.id === id && other.origin !== "own");
  return isTaken(model.id) ? { ...model, id: `${model.id}-file` } : model;
}

async function save(model: Model, { ownFolder }: Surroundings): Promise<SavedModel> {
  try {
    return await saveOwnModel(ownFolder, model);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/,.*/s, "") : String(error);
    throw new AnswerError(`The model cannot be written into ${ownFolder} (${reason}).`);
  }
}

function addedLines(model: Model, { file, hasReplaced }: SavedModel): readonly string[] {
  return [
    `${hasReplaced ? "Replaced" : "Added"} ${model.id}: ${model.name}`,
    ...sizeLines(model),
    `Written to ${file}; delete that file to take it out again.`,
    `Does it run here? fitment estimate ${model.id}`,
  ];
}

function sizeLines({ architecture, parameterCount }: Model): readonly string[] {
  if (!isKnown(architecture) || !isKnown(parameterCount)) return [];
  const { exactWeights } = architecture.value;
  if (exactWeights === null) return [];
  const { quantization } = exactWeights;
  const weights = weightsBytes(weightsOf(architecture.value, quantization));
  const layerCount = expandLayers(architecture.value).length;
  return [
    `${formatParameterCount(parameterCount.value)} parameters, ${layerCount} layers, ${quantization}, weights ${formatMemory(weights)}`,
  ];
}
