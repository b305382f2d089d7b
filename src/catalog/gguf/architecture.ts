import { parameterCount } from "#engine/memory/tensors.ts";
import type { Architecture, ExactWeights } from "#engine/model.ts";
import { namedLayerKinds } from "#catalog/layer-kinds.ts";
import { layerWindows, rulesOf } from "./architectures.ts";
import { GgufError, type GgufTensor } from "./header.ts";
import { hyperparametersOf, type Hyperparameters } from "./hyperparameters.ts";
import { describeLayer, isRoutedExpert, partName, type GgufLayer } from "./layers.ts";
import { shown } from "./metadata.ts";
import { packingOf } from "./packing.ts";
import type { GgufModelFile } from "./read-parts.ts";

/** The deepest known model has 126 layers. */
const LAYER_COUNT_MAX = 1024;

/**
 * The engine's description of a file's model, with the file's own sizes. Every value of the file has its place in
 * it, or a GgufError says which has not: nothing is guessed.
 */
export function architectureOf({ metadata, tensors }: GgufModelFile): Architecture {
  const hyper = hyperparametersOf(metadata);
  rulesOf(hyper.architecture);
  if (tensors.length === 0) throw new GgufError("The file holds no weights, only a tokenizer or settings.");
  const table = tensors.find(({ name }) => name === TOKEN_TABLE);
  if (table === undefined) throw new GgufError("The file has no token embedding: it is no whole model.");
  const [hiddenSize = 0, vocabularySize = 0] = table.dimensions;
  if (hiddenSize !== hyper.count("embedding_length")) {
    throw new GgufError("The metadata and the token embedding do not agree on the embedding length.");
  }
  const layers = describeLayers(tensors, hyper, hiddenSize);
  const outside = tensors.filter(({ name }) => !name.startsWith("blk.") && !TABLES.includes(name));
  const { layerKinds, layerOrder } = namedLayerKinds(layers.map(({ kind }) => kind));
  const architecture: Architecture = {
    hiddenSize,
    vocabularySize,
    tiedEmbeddings: !tensors.some(({ name }) => name === OUTPUT_TABLE),
    learnedPositionCount: 0,
    otherParameterCount: sumOf(outside.map(checkedOutside), ({ elementCount }) => elementCount),
    layerKinds,
    layerOrder,
    perLayerEmbedding: null,
    encoder: null,
    exactWeights: exactWeightsOf({ metadata, tensors, layers, table }),
  };
  if (parameterCount(architecture) !== sumOf(tensors, ({ elementCount }) => elementCount)) {
    throw new GgufError("The output matrix is of another size than the token embedding.");
  }
  return architecture;
}

const TOKEN_TABLE = "token_embd.weight";
const OUTPUT_TABLE = "output.weight";
const TABLES: readonly string[] = [TOKEN_TABLE, OUTPUT_TABLE];

function describeLayers(
  tensors: readonly GgufTensor[],
  hyper: Hyperparameters,
  hiddenSize: number,
): readonly GgufLayer[] {
  const layerCount = hyper.count("block_count");
  if (layerCount < 1 || layerCount > LAYER_COUNT_MAX) {
    throw new GgufError(`The metadata claims ${layerCount.toLocaleString("en-US")} layers.`);
  }
  const partsByLayer = Array.from({ length: layerCount }, () => new Map<string, GgufTensor>());
  for (const tensor of tensors) {
    const layer = /^blk\.(\d+)\./.exec(tensor.name)?.[1];
    if (layer === undefined) continue;
    const parts = partsByLayer[Number(layer)];
    if (parts === undefined)
      throw new GgufError(`"${shown(tensor.name)}" is of a layer that the metadata has not.`);
    parts.set(partName(tensor.name), tensor);
  }
  const windows = layerWindows(hyper, layerCount);
  return partsByLayer.map((parts, index) =>
    describeLayer(parts, { hyper, index, hiddenSize, slidingWindow: windows[index] ?? null }),
  );
}

function checkedOutside(tensor: GgufTensor): GgufTensor {
  if (tensor.dimensions.length === 1) return tensor;
  throw new GgufError(
    `The tensor "${shown(tensor.name)}" is none that this architecture is known to have, so its memory cannot be told.`,
  );
}

interface FileContent extends Pick<GgufModelFile, "metadata" | "tensors"> {
  readonly layers: readonly GgufLayer[];
  readonly table: GgufTensor;
}

function exactWeightsOf({ metadata, tensors, layers, table }: FileContent): ExactWeights {
  const sizes = layers.map((layer) => {
    const allBytes = bytesOf(layer.tensors);
    const routedExpertBytes = bytesOf(layer.tensors.filter(isRoutedExpert));
    return { denseBytes: allBytes - routedExpertBytes, routedExpertBytes };
  });
  const layersBytes = sumOf(layers, (layer) => bytesOf(layer.tensors));
  return {
    quantization: packingOf(metadata, tensors),
    layers: sizes,
    lookupBytes: table.sizeBytes,
    outputBytes: bytesOf(tensors) - layersBytes - table.sizeBytes,
  };
}

function bytesOf(tensors: readonly GgufTensor[]): number {
  return sumOf(tensors, ({ sizeBytes }) => sizeBytes);
}

function sumOf<Item>(items: readonly Item[], amountOf: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + amountOf(item), 0);
}
