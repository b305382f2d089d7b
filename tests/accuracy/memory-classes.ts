import path from "node:path";
import { bytesToGib, bytesToMib, gibToBytes } from "#engine/units.ts";
import { weightsBytes } from "#engine/memory/weights.ts";
import type { PlacedDevice } from "#engine/fit.ts";
import { numberOf, readCsv, textOf, type CsvRow } from "../fixtures/read-csv.ts";
import { MEASURED_FOLDER, type FindModel } from "./rows/catalog-models.ts";
import { loggedRows, type LoggedRow } from "./rows/logged-row.ts";
import { quantizationOf } from "./rows/quantization-names.ts";
import { weightsOf } from "#engine/memory/weights.ts";
import type { Comparison } from "./statistics.ts";

/** A class of figures that are compared, and what it leaves out. */
export interface MemoryClass {
  readonly name: string;
  readonly comparisons: readonly Comparison[];
}

export const COMPUTE_FLASH_ON = "compute buffer, flash attention on";
export const COMPUTE_FLASH_OFF = "compute buffer, flash attention off";
export const COMPUTE_PARTS_IN_RAM = "compute buffer, parts in RAM";
export const COMPUTE_FEW_LOGITS = "compute buffer, few logits (an upper bound)";
export const MEASURED_WHOLE = "whole memory, as measured";

/** The classes of `llamacpp.csv` and `gguf_sizes.csv`, in MiB (weights in GiB). */
export function memoryClasses(findModel: FindModel): readonly MemoryClass[] {
  const rows = loggedRows(readCsv(path.join(MEASURED_FOLDER, "llamacpp.csv")), findModel);
  const mainline = rows.filter((row) => row.isMainline);
  const allLogits = mainline.filter((row) => !row.reservesFewLogits);
  const kin = rows.filter((row) => !row.isMainline);
  const whole = mainline.filter((row) => row.quantization !== null && isWholeOnCards(row));
  return [
    { name: "KV cache, llama.cpp", comparisons: mainline.flatMap(kvComparison) },
    { name: "KV cache, kin of llama.cpp", comparisons: kin.flatMap(kvComparison) },
    { name: COMPUTE_FLASH_ON, comparisons: ofFlash(allLogits.filter(isWholeOnCards), true) },
    { name: COMPUTE_FLASH_OFF, comparisons: ofFlash(allLogits.filter(isWholeOnCards), false) },
    {
      name: COMPUTE_PARTS_IN_RAM,
      comparisons: allLogits.filter(isPartlyInRam).flatMap(computeComparison),
    },
    {
      name: COMPUTE_FEW_LOGITS,
      comparisons: mainline.filter((row) => row.reservesFewLogits).flatMap(computeComparison),
    },
    { name: "compute buffer, ik_llama.cpp (not modelled)", comparisons: kin.flatMap(computeComparison) },
    { name: "buffers in RAM beside cards", comparisons: mainline.flatMap(hostComparison) },
    { name: "weights, logged files", comparisons: weightsOfFiles(rows, false) },
    { name: "weights, publishers' own mixtures", comparisons: weightsOfFiles(rows, true) },
    { name: "weights, listed files", comparisons: listedWeights(findModel) },
    { name: "all buffers on cards, as logged", comparisons: whole.flatMap(loggedTotal) },
    { name: MEASURED_WHOLE, comparisons: measuredOf(whole, false) },
    { name: "whole memory, publishers' own mixtures", comparisons: measuredOf(whole, true) },
  ];
}

function isPartlyInRam(row: LoggedRow): boolean {
  return !isWholeOnCards(row);
}

function isWholeOnCards({ devices, isOnProcessor }: LoggedRow): boolean {
  if (isOnProcessor) return true;
  const ram = devices.find(({ memoryKind }) => memoryKind === "system");
  return ram === undefined || (ram.layerCount === 0 && ram.expertLayerCount === 0);
}

function ofFlash(rows: readonly LoggedRow[], isOn: boolean): readonly Comparison[] {
  return rows.filter(({ scenario }) => scenario.flashAttention === isOn).flatMap(computeComparison);
}

function compared(row: LoggedRow, measured: number | null, estimated: number): readonly Comparison[] {
  return measured === null || measured === 0 ? [] : [{ row: row.title, measured, estimated }];
}

/** Partial logs (a share of the layers on cards, the rest not printed) are left out. */
function kvComparison(logged: LoggedRow): readonly Comparison[] {
  const onCards = numberOf(logged.row, "kv_gpu_MiB");
  const inRam = numberOf(logged.row, "kv_host_MiB");
  const isPartial = !isWholeOnCards(logged) && inRam === null && !logged.isOnProcessor;
  if ((onCards === null && inRam === null) || isPartial) return [];
  const sum = [onCards, inRam].reduce<number>((total, part) => (part === null ? total : total + part), 0);
  const bytes = logged.demand.layers.reduce((total, layer) => total + layer.kvCacheBytes, 0);
  return compared(logged, sum, bytesToMib(bytes));
}

/**
 * On several cards the row's largest buffer is compared with ours: builds of 2023 print one figure for all of them,
 * which is the first card's.
 */
function computeComparison(logged: LoggedRow): readonly Comparison[] {
  const { row, devices, isOnProcessor } = logged;
  if (isOnProcessor) {
    return compared(logged, numberOf(row, "compute_host_MiB"), bytesToMib(logged.demand.compute.cpuBytes));
  }
  const cards = cardsOf(devices);
  if (hasOutputInRam(logged)) {
    const { demand } = logged;
    const estimatedBytes = demand.compute.gpuLogitsBytes + demand.weights.outputBytes;
    return compared(logged, numberOf(row, "compute_gpu_MiB"), bytesToMib(estimatedBytes));
  }
  const isOneFigure = textOf(row, "compute_buffers_MiB").startsWith("GPU(all)");
  const { gpuLayerBytes, gpuLogitsBytes } = logged.demand.compute;
  const estimated = isOneFigure
    ? Math.max(gpuLayerBytes, gpuLogitsBytes)
    : cards.reduce((sum, card) => sum + card.parts.computeBufferBytes, 0);
  return compared(logged, numberOf(row, "compute_gpu_MiB"), bytesToMib(estimated));
}

/**
 * With no layer on a card, or where a row shows the results in plain RAM beside a card, the output matrix is copied to
 * the card for each micro-batch: 606 MiB for Qwen3 4B are 302 of logits and 304 of its table in Q6_K. Our placements
 * never leave it in RAM while a card computes.
 */
function hasOutputInRam({ row }: LoggedRow): boolean {
  const isPartial = numberOf(row, "layers_offloaded") !== numberOf(row, "layers_total");
  return isPartial && textOf(row, "output_buffers_MiB").startsWith("CPU=");
}

function hostComparison(logged: LoggedRow): readonly Comparison[] {
  if (logged.isOnProcessor) return [];
  const ram = logged.devices.find(({ memoryKind }) => memoryKind === "system");
  const bytes = ram === undefined ? 0 : ram.parts.overheadBytes;
  return compared(logged, numberOf(logged.row, "compute_host_MiB"), bytesToMib(bytes));
}

/** Names of files whose type is a publisher's own mixture: the loader prints the packing that most tensors have. */
const OWN_MIXTURE = /UD-|_XL|qat|THIREUS|IQ4_K__|unsloth_DeepSeek|Deepseek-V3-0324|Kimi-K2-Ins/;

function isOwnMixture({ row }: LoggedRow): boolean {
  return OWN_MIXTURE.test(`${textOf(row, "model")} ${textOf(row, "gguf_file")}`);
}

function weightsOfFiles(rows: readonly LoggedRow[], ofOwnMixtures: boolean): readonly Comparison[] {
  return rows.filter((row) => isOwnMixture(row) === ofOwnMixtures).flatMap(weightsComparison);
}

function weightsComparison(logged: LoggedRow): readonly Comparison[] {
  const fileGib = numberOf(logged.row, "file_size_GiB");
  if (logged.quantization === null) return [];
  return compared(logged, fileGib, bytesToGib(weightsBytes(logged.demand.weights)));
}

function listedWeights(findModel: FindModel): readonly Comparison[] {
  return readCsv(path.join(MEASURED_FOLDER, "gguf_sizes.csv")).flatMap((row) => listedFile(row, findModel));
}

function listedFile(row: CsvRow, findModel: FindModel): readonly Comparison[] {
  const model = findModel(textOf(row, "model"));
  const quantization = quantizationOf(textOf(row, "quant"));
  const sizeGib = numberOf(row, "size_GiB");
  const bytes = numberOf(row, "size_bytes") ?? (sizeGib === null ? null : gibToBytes(sizeGib));
  if (model === null || quantization === null || bytes === null) return [];
  const estimated = weightsBytes(weightsOf(model.architecture, quantization, model.experts));
  const title = `${textOf(row, "model")} ${quantization}`;
  return [{ row: title, measured: bytesToGib(bytes), estimated: bytesToGib(estimated) }];
}

/** Builds of 2023 split rows over cards with everything else on the first: their totals are those of one card. */
function loggedTotal(logged: LoggedRow): readonly Comparison[] {
  const { row, demand, devices } = logged;
  const isOneFigure = textOf(row, "compute_buffers_MiB").startsWith("GPU(all)");
  const { gpuLayerBytes, gpuLogitsBytes } = demand.compute;
  const buffers = isOneFigure
    ? Math.max(gpuLayerBytes, gpuLogitsBytes)
    : sumOf(devices, (card) => card.parts.computeBufferBytes);
  const rest = sumOf(
    devices,
    ({ parts }) => parts.weightsBytes + parts.kvCacheBytes + parts.recurrentStateBytes,
  );
  return compared(logged, numberOf(row, "logged_gpu_total_MiB"), bytesToMib(buffers + rest));
}

function measuredOf(rows: readonly LoggedRow[], ofOwnMixtures: boolean): readonly Comparison[] {
  return rows.filter((row) => isOwnMixture(row) === ofOwnMixtures).flatMap(measuredTotal);
}

function measuredTotal(logged: LoggedRow): readonly Comparison[] {
  const used = sumOf(logged.devices, (card) => card.usedBytes);
  return compared(logged, numberOf(logged.row, "measured_total_MiB"), bytesToMib(used)).map((one) => ({
    ...one,
    group: textOf(logged.row, "backend"),
  }));
}

function sumOf(devices: readonly PlacedDevice[], pick: (card: PlacedDevice) => number): number {
  return cardsOf(devices).reduce((sum, card) => sum + pick(card), 0);
}

function cardsOf(devices: readonly PlacedDevice[]): readonly PlacedDevice[] {
  return devices.filter(({ memoryKind }) => memoryKind !== "system");
}
