import { addGgufFiles, type Added } from "#catalog/own/add-model.ts";
import type { SavedModel } from "#catalog/own/save-model.ts";
import { isKnown } from "#engine/fact.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import { weightsBytes, weightsOf } from "#engine/memory/weights.ts";
import type { Model } from "#engine/model.ts";
import type { Options } from "#cli/arguments.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { AnswerError, UsageError } from "#cli/usage-error.ts";
import { formatMemory, formatParameterCount } from "#shared/format.ts";
import { addByHubId } from "./add-hub.ts";

/**
 * `fitment add FILE.gguf`, or `--hf ORG/NAME`: writes the model of a file, of all parts of a split one or of a
 * repository into the person's own catalog.
 */
export async function add(
  operands: readonly string[],
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const { print } = surroundings;
  const added = await (options.hf === undefined ? addFiles : addByHubId)(operands, options, surroundings);
  if (added.kind === "failed") throw new AnswerError(added.message);
  const { model, file, hasReplaced } = added;
  if (options.json === true) print(JSON.stringify({ schemaVersion: 1, file, hasReplaced, model }, null, 2));
  else print(addedLines(model, { file, hasReplaced }).join("\n"));
}

async function addFiles(
  operands: readonly string[],
  options: Options,
  { loadCatalog, ownFolder }: Surroundings,
): Promise<Added> {
  if (options.file !== undefined) throw new UsageError("--file goes with --hf ORG/NAME.");
  if (operands.length === 0) {
    throw new UsageError("add takes a GGUF file: fitment add MODEL.gguf, or a model: --hf ORG/NAME");
  }
  return await addGgufFiles(operands, await loadCatalog(), ownFolder);
}

function addedLines(model: Model, { file, hasReplaced }: SavedModel): readonly string[] {
  return [
    `${hasReplaced ? "Replaced" : "Added"} ${model.id}: ${model.name}`,
    ...sizeLines(model),
    `Written to ${file}; to take it out again: fitment catalog remove ${model.id}`,
    `Does it run here? fitment estimate ${model.id}`,
  ];
}

function sizeLines({ architecture, parameterCount }: Model): readonly string[] {
  if (!isKnown(architecture) || !isKnown(parameterCount)) return [];
  const { exactWeights } = architecture.value;
  const layerCount = expandLayers(architecture.value).length;
  const size = `${formatParameterCount(parameterCount.value)} parameters, ${layerCount} layers`;
  if (exactWeights === null) return [`${size}, for any quantization`];
  const { quantization } = exactWeights;
  const weights = weightsBytes(weightsOf(architecture.value, quantization));
  return [`${size}, ${quantization}, weights ${formatMemory(weights)}`];
}
