import { BACKEND_OVERHEAD_BYTES, BACKENDS } from "#engine/backend.ts";
import { KV_CACHE_TYPES, type KvCacheType } from "#engine/kv-cache-type.ts";
import type { PlacedDevice } from "#engine/fit.ts";
import { demandOf, type Demand } from "#engine/placement/demand.ts";
import { arrange } from "#engine/placement/arrange.ts";
import { imaginedCard, machineRooms, type Room } from "#engine/placement/rooms.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { bytesToMib, gibToBytes } from "#engine/units.ts";
import { machineOf } from "../../fixtures/machine.ts";
import { numberOf, textOf, type CsvRow } from "../../fixtures/read-csv.ts";
import type { FindModel, RowModel } from "./catalog-models.ts";
import { quantizationOf } from "./quantization-names.ts";

/** One logged load with what the engine makes of the same. */
export interface LoggedRow {
  readonly row: CsvRow;
  readonly title: string;
  readonly model: RowModel;
  readonly quantization: QuantizationName | null;
  readonly scenario: Scenario;
  readonly demand: Demand;
  readonly devices: readonly PlacedDevice[];
  readonly isMainline: boolean;
  /** By a build whose server reserves logits only for the tokens that it samples. */
  readonly reservesFewLogits: boolean;
  readonly isOnProcessor: boolean;
}

/** llama.cpp pull request 23861 followed on issue 23527, which was written of build 9272. */
const LAST_BUILD_WITH_ALL_LOGITS = 9272;

/** Loads by llama.cpp and its kin whose model and context are known. */
export function loggedRows(rows: readonly CsvRow[], findModel: FindModel): readonly LoggedRow[] {
  return rows.flatMap((row) => loggedRow(row, findModel) ?? []);
}

function loggedRow(row: CsvRow, findModel: FindModel): LoggedRow | null {
  const model = findModel(textOf(row, "model"));
  const scenario = scenarioOf(row);
  if (model === null || scenario === null) return null;
  const quantization = quantizationOf(textOf(row, "file_type"));
  const demand = demandOf(model.architecture, quantization ?? "Q4_K_M", scenario, model.experts);
  const devices = devicesOf(row, demand);
  if (devices === null) return null;
  return {
    row,
    title: `${textOf(row, "id")} ${textOf(row, "model")} ${textOf(row, "file_type")}`,
    model,
    quantization,
    scenario,
    demand,
    devices,
    isMainline: isMainline(row),
    reservesFewLogits: buildOf(row) > LAST_BUILD_WITH_ALL_LOGITS,
    isOnProcessor: textOf(row, "backend") === "CPU",
  };
}

/** A file type that only ik_llama.cpp has says more than the row's name of the engine. */
function isMainline(row: CsvRow): boolean {
  const isNamed = /^(llama\.cpp($| \((llama-bench|ipe))|ollama \((llama|llama-server))/.test(
    textOf(row, "engine"),
  );
  return isNamed && !/^IQ\d_KS?S?\b/.test(textOf(row, "file_type"));
}

/** "9849 (799fcc04a)"; 0 where the row names no build. */
function buildOf(row: CsvRow): number {
  const [, build] = /^(\d+)/.exec(textOf(row, "engine_build")) ?? [];
  return build === undefined ? 0 : Number(build);
}

/** Rows that do not state flash attention are of builds before it was the default. */
function scenarioOf(row: CsvRow): Scenario | null {
  const contextLength = numberOf(row, "n_ctx");
  const keyCacheType = cacheTypeOf(textOf(row, "type_k"));
  const valueCacheType = cacheTypeOf(textOf(row, "type_v"));
  if (contextLength === null || keyCacheType === null || valueCacheType === null) return null;
  const isStated = /^(1|true|enabled|auto)/.test(textOf(row, "flash_attn"));
  return {
    ...DEFAULT_SCENARIO,
    contextLength,
    keyCacheType,
    valueCacheType,
    microBatchSize: numberOf(row, "n_ubatch") ?? DEFAULT_SCENARIO.microBatchSize,
    parallelSequenceCount: numberOf(row, "n_seq_max") ?? 1,
    flashAttention: isStated,
  };
}

function cacheTypeOf(text: string): KvCacheType | null {
  if (text === "") return "f16";
  return KV_CACHE_TYPES.find((type) => type === text) ?? null;
}

/** Some rows say that all layers are on cards and show more than half of the file in RAM: the experts are. */
function isMostlyInRam(row: CsvRow): boolean {
  const inRamMib = numberOf(row, "model_host_MiB");
  const fileGib = numberOf(row, "file_size_GiB");
  return inRamMib !== null && fileGib !== null && inRamMib > bytesToMib(gibToBytes(fileGib)) / 2;
}

const ROOMY = gibToBytes(65_536);
const RAM = machineRooms(machineOf([], 65_536))[0].ram;

/** A card of any size, driven with what the row says; on a Strix Halo and a Mac its memory is the computer's. */
function cardOf(row: CsvRow): Room {
  const backend = BACKENDS.find((name) => name === textOf(row, "backend").toLowerCase()) ?? "cuda";
  const isUnified = /Strix Halo|Apple|iGPU/.test(textOf(row, "gpu_names")) || backend === "metal";
  return {
    ...imaginedCard("card", ROOMY, BACKEND_OVERHEAD_BYTES[backend]),
    backend,
    memoryKind: isUnified ? "unified" : "dedicated",
  };
}

/** Placed as the row says: so many cards, so many layers on them, experts in RAM where tensors were overridden. */
function devicesOf(row: CsvRow, demand: Demand): readonly PlacedDevice[] | null {
  const isOnProcessor = textOf(row, "backend") === "CPU";
  const cardCount = isOnProcessor ? 0 : Math.max(1, numberOf(row, "n_gpu_devices_used") ?? 1);
  const total = numberOf(row, "layers_total");
  const offloaded = numberOf(row, "layers_offloaded") ?? total;
  const layersInRam = total === null || offloaded === null ? 0 : Math.max(0, total - offloaded);
  const hasExpertsInRam = textOf(row, "tensor_overrides").includes("CPU") || isMostlyInRam(row);
  return arrange(demand, {
    cards: Array.from({ length: cardCount }, () => cardOf(row)),
    ram: RAM,
    layersInRam: cardCount === 0 ? 0 : Math.min(layersInRam, demand.layers.length - 1),
    expertLayersInRam: hasExpertsInRam ? demand.layers.length : 0,
  });
}
