import type { Placement, PlacedDevice, PlacementKind } from "#engine/fit.ts";
import type { SpeedRow } from "./speed-row.ts";

/** What stays in RAM: the first layers as a whole, and the experts of the next ones. */
interface InRam {
  readonly wholeLayers: number;
  readonly expertLayers: number;
}

/** How a model's layers lay on the devices of a row; null where the row does not say it. */
export function placementOf(
  row: SpeedRow,
  counts: { readonly layers: number; readonly expertLayers: number },
): Placement | null {
  if (row.offload === "CPU only")
    return placement("cpu", [], { wholeLayers: counts.layers, expertLayers: 0 });
  if (row.deviceCount > 1 && /\bTP\d|tensor parallel/.test(row.backendLabel)) {
    const everywhere = Array.from({ length: row.deviceCount }, () => counts.layers);
    return placement("tensor-parallel", everywhere, null);
  }
  if (/^(99|all)\b/.test(row.offload) && !row.offload.includes("RAM")) {
    const kind = row.deviceCount > 1 ? "layer-split" : "single";
    return placement(kind, evenly(counts.layers, row.deviceCount), null);
  }
  const inRam = inRamOf(row.offload, counts);
  if (inRam === null) return null;
  const kind = inRam.expertLayers > 0 ? "expert-offload" : "layer-offload";
  const onCards = Math.max(0, counts.layers - inRam.wholeLayers);
  return placement(kind, evenly(onCards, row.deviceCount), inRam);
}

/** `-ngl N` counts the output matrix as a layer. llama.cpp keeps the experts of the first N layers in RAM. */
function inRamOf(
  offload: string,
  { layers, expertLayers }: { readonly layers: number; readonly expertLayers: number },
): InRam | null {
  if (offload === "exps=CPU") return { wholeLayers: 0, expertLayers };
  const onlyFrom = /^experts of layers (\d+)\+ on CPU$/.exec(offload);
  if (onlyFrom !== null) return { wholeLayers: 0, expertLayers: expertLayers - Number(onlyFrom[1]) };
  const onlyCount = /^(\d+) layers on CPU$/.exec(offload);
  if (onlyCount !== null) return { wholeLayers: 0, expertLayers: Number(onlyCount[1]) };
  const match = /^ngl (\d+)(?:; experts of (\d+) layers on CPU)?$/.exec(offload);
  if (match === null) return null;
  const [, onCards = "", withExperts] = match;
  const wholeLayers = Math.max(0, layers + 1 - Number(onCards));
  const experts = withExperts === undefined ? 0 : Number(withExperts);
  return { wholeLayers, expertLayers: Math.min(experts, expertLayers) };
}

function evenly(layerCount: number, cardCount: number): readonly number[] {
  return Array.from(
    { length: cardCount },
    (_unused, index) =>
      Math.round(((index + 1) * layerCount) / cardCount) - Math.round((index * layerCount) / cardCount),
  );
}

function placement(kind: PlacementKind, layersOnCards: readonly number[], inRam: InRam | null): Placement {
  const cards = layersOnCards.map((layerCount) => device("dedicated", layerCount, 0));
  const ram = inRam === null ? [] : [device("system", inRam.wholeLayers, inRam.expertLayers)];
  return { kind, devices: [...cards, ...ram] };
}

function device(
  memoryKind: PlacedDevice["memoryKind"],
  layerCount: number,
  expertLayerCount: number,
): PlacedDevice {
  return {
    name: memoryKind,
    acceleratorId: null,
    memoryKind,
    capacityBytes: 0,
    marginBytes: 0,
    usedBytes: 0,
    parts: {
      weightsBytes: 0,
      kvCacheBytes: 0,
      recurrentStateBytes: 0,
      computeBufferBytes: 0,
      overheadBytes: 0,
    },
    layerCount,
    expertLayerCount,
  };
}
