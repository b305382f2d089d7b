import type { DeviceParts } from "#engine/fit.ts";
import type { Arrangement } from "./arrangement.ts";
import { ramOverheadBytes } from "./buffers.ts";
import type { Demand } from "./demand.ts";
import { layerBytes } from "./layer-demand.ts";
import { freeBytes } from "./rooms.ts";

/**
 * What a card holds beside layers: the last one the output matrix, the first one what could not be in RAM, and what is
 * loaded beside the model.
 */
export function extraBytes(
  demand: Demand,
  arrangement: Arrangement,
  index: number,
): Pick<DeviceParts, "weightsBytes" | "overheadBytes"> & { readonly extrasBytes: number } {
  const { weights } = demand;
  const isLast = index === arrangement.cards.length - 1;
  const isMappedOnce = mapsFileOnce(arrangement);
  const output = isMappedOnce ? weights.outputBytes - weights.embeddingCopyBytes : weights.outputBytes;
  const isHostHere = index === 0 && !keepsHostPartInRam(demand, arrangement);
  const isLookupHere = isHostHere || (index === 0 && !weights.keepsLookupInRam);
  const lookup = isLookupHere ? lookupBytes(demand, arrangement) : 0;
  const tiedTable = isMappedOnce && isTied(demand) && isLast ? weights.lookupBytes : 0;
  return {
    weightsBytes: (isLast ? output : 0) + lookup + tiedTable,
    overheadBytes: isHostHere ? ramOverheadBytes(demand, arrangement) : 0,
    extrasBytes: index === 0 ? demand.extrasBytes : 0,
  };
}

/** Tables that are only looked up; where the file is mapped once a tied one is the output matrix, on the GPU. */
export function lookupBytes(demand: Demand, arrangement: Arrangement): number {
  return mapsFileOnce(arrangement) && isTied(demand) ? 0 : demand.weights.lookupBytes;
}

/**
 * Unified memory is one pool: where its GPU may have nearly all, there is no RAM beside it for the host's part. What
 * Vulkan lets the processor read counts as the GPU's (peaks on a Strix Halo lie higher by the table than ROCm's).
 */
export function keepsHostPartInRam(demand: Demand, arrangement: Arrangement): boolean {
  const { ram, cards } = arrangement;
  if (cards[0]?.memoryKind !== "unified") return true;
  if (ram === null || cards[0].backend === "vulkan") return false;
  const hostBytes = demand.weights.lookupBytes + ramOverheadBytes(demand, arrangement);
  return hostBytes + ramLayerBytes(demand, arrangement) <= freeBytes(ram);
}

/** On unified memory processor and GPU see one mapping of the file; Vulkan copies it. */
function mapsFileOnce({ cards }: Arrangement): boolean {
  return cards[0]?.memoryKind === "unified" && cards[0].backend !== "vulkan";
}

function isTied({ weights }: Demand): boolean {
  return weights.embeddingCopyBytes > 0;
}

function ramLayerBytes(demand: Demand, { layersInRam, expertLayersInRam }: Arrangement): number {
  if (layersInRam + expertLayersInRam === 0) return 0;
  const { layers } = demand;
  const whole = layers.slice(0, layersInRam).reduce((sum, layer) => sum + layerBytes(layer), 0);
  const experts = layers.slice(layersInRam, expertLayersInRam);
  return whole + experts.reduce((sum, layer) => sum + layer.routedExpertBytes, 0);
}
