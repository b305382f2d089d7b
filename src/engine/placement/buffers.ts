import type { Arrangement } from "./arrangement.ts";
import type { Demand } from "./demand.ts";

/**
 * The compute buffer of one card. The last one makes the logits; a pipeline of cards keeps copies of its inputs; and
 * the first one, in large batches, computes with what lies in RAM, for which the matrix is copied to it: Qwen3 235B
 * with experts in RAM logs 774 MiB on the first card, 144 without the copy (Q6_K, 630 MiB), and 305 on the last.
 */
export function cardBufferBytes(demand: Demand, arrangement: Arrangement, index: number): number {
  const { compute } = demand;
  const copied = index === 0 ? copiedMatrixBytes(demand, arrangement) : 0;
  const layers = compute.gpuLayerBytes + copied;
  const isLast = index === arrangement.cards.length - 1;
  const bufferBytes = isLast ? Math.max(layers, compute.gpuLogitsBytes) : layers;
  return isPipeline(arrangement) ? bufferBytes + compute.pipelineBytes : bufferBytes;
}

/** What llama.cpp takes in RAM beside cards; nothing where there are none. */
export function ramOverheadBytes({ compute }: Demand, arrangement: Arrangement): number {
  if (arrangement.cards.length === 0) return 0;
  return isPipeline(arrangement) ? compute.pipelineHostBytes : compute.hostBytes;
}

/** llama.cpp runs several cards as a pipeline where they hold every layer (`llama_context`, pipeline parallelism). */
function isPipeline({ cards, layersInRam, expertLayersInRam }: Arrangement): boolean {
  return cards.length > 1 && layersInRam === 0 && expertLayersInRam === 0;
}

/** On unified memory nothing is copied. */
function copiedMatrixBytes(demand: Demand, arrangement: Arrangement): number {
  const { cards, layersInRam, expertLayersInRam } = arrangement;
  if (cards[0]?.memoryKind !== "dedicated" || layersInRam + expertLayersInRam === 0) return 0;
  const { layers } = demand.weights;
  let largestBytes = 0; // a loop: a search for the fewest layers in RAM asks for this at every step
  for (let index = 0; index < Math.max(layersInRam, expertLayersInRam); index += 1) {
    const layer = layers[index];
    if (layer === undefined) break;
    largestBytes = Math.max(largestBytes, layer.largestRoutedBytes);
    if (index < layersInRam) largestBytes = Math.max(largestBytes, layer.largestDenseBytes);
  }
  return largestBytes;
}
