import { VENDOR_BACKENDS } from "#engine/backend.ts";
import type { Card } from "#engine/card.ts";
import { isKnown } from "#engine/fact.ts";
import type { Catalog } from "#engine/catalog.ts";
import type { Placement } from "#engine/fit.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import { expertPackingOf, weightsBytes, weightsOf } from "#engine/memory/weights.ts";
import type { Architecture, Model } from "#engine/model.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { type AcceleratorBackend } from "#engine/speed/backend.ts";
import { deviceWorks, type DeviceWork } from "#engine/speed/device-share.ts";
import { modelWork, type LayerWork, type ModelWork } from "#engine/speed/layer-work.ts";
import type { ModelPacking } from "#engine/speed/packing.ts";
import { speedAccelerator, type SpeedAccelerator } from "#engine/speed/speed-device.ts";
import { gibToBytes } from "#engine/units.ts";
import { deviceFinder, processorOf, type RowProcessor } from "./rows/devices.ts";
import { isOldBuild } from "./rows/eras.ts";
import { modelIdOf } from "./rows/model-labels.ts";
import { placementOf } from "./rows/placements.ts";
import { quantizationOf } from "./rows/quantization-labels.ts";
import { runtimeOf, type RowRuntime } from "./rows/runtime-labels.ts";
import type { SpeedRow } from "./rows/speed-row.ts";

/** A measured rate with all that the engine needs to predict it. */
export interface Cell {
  readonly row: SpeedRow;
  readonly runtime: RowRuntime;
  readonly packing: ModelPacking;
  readonly isMixture: boolean;
  readonly placement: Placement;
  /** Work of each device of the placement. */
  readonly works: readonly DeviceWork[];
  readonly accelerator: SpeedAccelerator | null;
  readonly processor: RowProcessor | null;
  readonly isOldBuild: boolean;
  readonly promptLength: number;
  readonly microBatchSize: number;
  /** Bytes of all weights: what the plain formula divides by. */
  readonly fileBytes: number;
  readonly activeFraction: number;
  readonly secondsMeasured: number;
}

/** Rows of models, packings and devices that the catalog knows, as cells. */
export function toCells(rows: readonly SpeedRow[], catalog: Catalog, folder: string): readonly Cell[] {
  const findDevice = deviceFinder(folder, catalog.cards);
  const models = new Map(catalog.models.map((model) => [model.id, model]));
  return rows.flatMap((row) => {
    const model = models.get(modelIdOf(row.model) ?? "");
    const quantization = quantizationOf(row.quantizationLabel);
    if (model === undefined || quantization === null || !isKnown(model.architecture)) return [];
    const packing = { quantization, experts: expertsOf(model) };
    return toCell(row, model.architecture.value, packing, findDevice(row.device)) ?? [];
  });
}

function expertsOf({ releasePrecision }: Model): ModelPacking["experts"] {
  return isKnown(releasePrecision) ? expertPackingOf(releasePrecision.value) : "as-the-rest";
}

const NO_RAM = { kind: "ram", bandwidthBytesPerSecond: { missing: "not stated" }, totalBytes: null } as const;

function toCell(
  row: SpeedRow,
  architecture: Architecture,
  packing: ModelPacking,
  card: Card | null,
): Cell | null {
  const kinds = expandLayers(architecture);
  const expertLayers = kinds.filter(({ feedForward }) => feedForward.kind === "experts").length;
  const placement = placementOf(row, { layers: kinds.length, expertLayers });
  const work = scaledWork(row, architecture, packing);
  if (placement === null || work === null) return null;
  const accelerator = card === null ? null : speedAccelerator(card, NO_RAM);
  const processor = processorOf(row.device, row.notes);
  const needsRam = placement.devices.some(({ memoryKind }) => memoryKind === "system");
  const needsCard = placement.devices.some(({ memoryKind }) => memoryKind !== "system");
  if ((needsRam && processor === null) || (needsCard && !hasBandwidth(accelerator))) return null;
  return {
    row,
    runtime: runtimeOf(row),
    packing,
    isMixture: expertLayers > 0,
    placement,
    works: deviceWorks(work, placement, 1),
    accelerator: needsCard ? accelerator : null,
    processor,
    isOldBuild: isOldBuild(row),
    promptLength: row.tokenCount ?? DEFAULT_PROMPT,
    microBatchSize: microBatchOf(row),
    fileBytes: row.fileGiB === null ? fileBytesOf(architecture, packing) : gibToBytes(row.fileGiB),
    activeFraction: activeShare(work),
    secondsMeasured: 1 / row.tokensPerSecond,
  };
}

function fileBytesOf(architecture: Architecture, { quantization, experts }: ModelPacking): number {
  return weightsBytes(weightsOf(architecture, quantization, experts));
}

/** llama-bench's defaults, where a row states neither. */
const DEFAULT_PROMPT = 512;
const DEFAULT_GENERATED = 128;

function microBatchOf(row: SpeedRow): number {
  const stated = /ubatch (\d+)/.exec(row.notes)?.[1];
  return stated === undefined ? DEFAULT_SCENARIO.microBatchSize : Number(stated);
}

function hasBandwidth(accelerator: SpeedAccelerator | null): boolean {
  return accelerator !== null && isKnown(accelerator.bandwidthBytesPerSecond);
}

/**
 * Bytes follow the row's own file where its size is stated: publishers mix types in their own way. Not for models with
 * tables of their own for each layer, whose packing says nothing of what is read.
 */
function scaledWork(row: SpeedRow, architecture: Architecture, packing: ModelPacking): ModelWork | null {
  const isDecode = row.test === "decode";
  const promptLength = isDecode ? 0 : 2 * row.depth + (row.tokenCount ?? DEFAULT_PROMPT);
  const depth = isDecode ? row.depth + (row.tokenCount ?? DEFAULT_GENERATED) / 2 : row.depth;
  const work = modelWork(architecture, packing, { depth, promptLength }, DEFAULT_SCENARIO);
  if (work === null || row.fileGiB === null || architecture.perLayerEmbedding !== null) return work;
  const scale = gibToBytes(row.fileGiB) / fileBytesOf(architecture, packing);
  const scaled = (layer: LayerWork): LayerWork => ({
    ...layer,
    denseBytes: layer.denseBytes * scale,
    expertBytes: layer.expertBytes * scale,
  });
  return { ...work, layers: work.layers.map(scaled), outputBytes: work.outputBytes * scale };
}

/** Share of the layers' operations' parameters that one token runs through: the plain formula's "active ÷ total". */
function activeShare({ layers }: ModelWork): number {
  const active = layers.reduce((sum, layer) => sum + layer.denseOperations + layer.expertOperations, 0);
  const all = layers.reduce(
    (sum, layer) => sum + layer.denseOperations + layer.expertOperations / layer.activeExpertFraction,
    0,
  );
  return active / all;
}

/** Groups that errors are reported by. */
export const CELL_CLASSES = [
  "dense",
  "mixture",
  "deep",
  "very deep",
  "layer split",
  "layer split, deep",
  "processor",
  "experts in RAM",
  "layers in RAM",
] as const;

export type CellClass = (typeof CELL_CLASSES)[number];

/** Depth from which a cell counts as deep, and what lies past the range the targets speak of. */
const DEEP_FROM = 4096;
const VERY_DEEP_FROM = 40_000;

/** The group of a cell; null for what no group is for (another runtime, less controlled rows on accelerators). */
export function cellClass(cell: Cell): CellClass | null {
  const { row, placement, runtime } = cell;
  const isDeep = row.depth >= DEEP_FROM;
  if (runtime.kind === "other" || row.tier !== "A") return null;
  switch (placement.kind) {
    case "single":
      if (isDeep) return row.depth >= VERY_DEEP_FROM ? "very deep" : "deep";
      return cell.isMixture ? "mixture" : "dense";
    case "layer-split":
      return isDeep ? "layer split, deep" : "layer split";
    case "cpu":
      return isDeep ? null : "processor";
    case "expert-offload":
      return "experts in RAM";
    case "layer-offload":
      return "layers in RAM";
    case "tensor-parallel":
    case "none":
      return null;
  }
}

/** The back end a cell ran on; null on the processor alone, or under another runtime. */
export function backendOf({ runtime }: Cell): AcceleratorBackend | null {
  return runtime.kind === "llama.cpp" || runtime.kind === "llama.cpp-hybrid" ? runtime.backend : null;
}

/** A cell of another runtime, as if llama.cpp's back end for that maker had run. */
export function underLlamaCpp(cell: Cell): Cell | null {
  const { accelerator } = cell;
  if (accelerator === null) return null;
  const backend = VENDOR_BACKENDS[accelerator.vendor];
  return { ...cell, runtime: { kind: "llama.cpp", backend } };
}

/** What is left out together: the accelerator, whatever computer it is in; else the processor. */
export function deviceOf({ accelerator, row }: Cell): string {
  return accelerator?.name ?? row.device;
}

/** One cell for each device, back end, model, packing, depth and placement: the fastest build, as people run the newest. */
export function bestBuilds(cells: readonly Cell[]): readonly Cell[] {
  const best = new Map<string, Cell>();
  for (const cell of cells) {
    const key = keyOf(cell);
    const known = best.get(key);
    if (known === undefined || cell.secondsMeasured < known.secondsMeasured) best.set(key, cell);
  }
  return [...best.values()];
}

function keyOf(cell: Cell): string {
  const { row } = cell;
  const backend = backendOf(cell) ?? cell.placement.kind;
  const depth = row.depth < DEEP_FROM ? 0 : row.depth;
  const tokens = row.test === "prefill" ? `${row.tokenCount ?? DEFAULT_PROMPT} ${cell.microBatchSize}` : "";
  const file = cell.placement.kind === "expert-offload" ? (row.fileGiB ?? "") : "";
  return [
    row.test,
    row.device,
    row.deviceCount,
    backend,
    row.model,
    row.quantizationLabel,
    row.offload,
    depth,
    tokens,
    file,
  ].join("|");
}
