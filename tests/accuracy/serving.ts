import path from "node:path";
import { loadCatalog } from "#catalog/load.ts";
import { loadRuntimes } from "#catalog/load-runtimes.ts";
import type { Card } from "#engine/card.ts";
import { isKnown } from "#engine/fact.ts";
import { demandOf } from "#engine/placement/demand.ts";
import { imaginedCard, type Room } from "#engine/placement/rooms.ts";
import { cacheRoomBytes, shardOver, shardsOf } from "#engine/placement/serving.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { bytesToGib, gibToBytes } from "#engine/units.ts";
import { numberOf, readCsv, textOf, type CsvRow } from "../fixtures/read-csv.ts";
import { MEASURED_FOLDER, type FindModel } from "./rows/catalog-models.ts";
import type { Comparison } from "./statistics.ts";

/** The class of vLLM's starts. */
export const VLLM_ROOM = "vLLM: room for keys and values";

const CATALOG = path.join(import.meta.dirname, "../../catalog");

/** Room for keys and values on one card, GiB, of vLLM starts whose card and share are known. */
export async function vllmRooms(findModel: FindModel): Promise<readonly Comparison[]> {
  const [{ cards }, { runtimes }] = await Promise.all([loadCatalog(CATALOG), loadRuntimes(CATALOG)]);
  const vllm = runtimes.find(({ id }) => id === "vllm");
  if (vllm === undefined) return [];
  const rows = readCsv(path.join(MEASURED_FOLDER, "vllm.csv"));
  return rows.flatMap((row) => roomOf(row, findModel, { cards, vllm }) ?? []);
}

const PACKINGS: readonly (readonly [RegExp, QuantizationName])[] = [
  [/NVFP4/i, "NVFP4"],
  [/AWQ/i, "AWQ"],
  [/GPTQ|W4A16|Int4/i, "GPTQ"],
  [/FP8/i, "FP8"],
  [/gpt-oss/i, "MXFP4"],
];

function roomOf(
  row: CsvRow,
  findModel: FindModel,
  { cards, vllm }: { readonly cards: readonly Card[]; readonly vllm: Runtime },
): Comparison | null {
  if (textOf(row, "outcome") !== "started") return null;
  const measured = numberOf(row, "kv_cache_per_gpu_GiB");
  const model = findModel(textOf(row, "model").replace(/^[\w.-]+\//, ""));
  const card = cardOf(row, cards);
  if (measured === null || model === null || card === null) return null;
  const runtime = runtimeOf(row, vllm);
  const scenario = scenarioOf(row, runtime);
  const packing = `${textOf(row, "model")} ${textOf(row, "quantization")}`;
  const quantization = PACKINGS.find(([pattern]) => pattern.test(packing))?.[1] ?? "BF16";
  const count = numberOf(row, "tensor_parallel_size") ?? 1;
  const demand = demandOf(model.architecture, quantization, scenario, model.experts);
  if (runtime.reserve.kind !== "share") return null;
  const serving = { reserve: runtime.reserve, shards: shardsOf(model.architecture) };
  const copies = Array.from({ length: count }, () => card);
  const [device] = shardOver(demand, copies, serving) ?? [];
  const estimated = device === undefined ? 0 : bytesToGib(cacheRoomBytes(device));
  const title = ["id", "model", "gpu", "tensor_parallel_size"].map((column) => textOf(row, column)).join(" ");
  return { row: title, measured, estimated };
}

function runtimeOf(row: CsvRow, vllm: Runtime): Runtime {
  const stated = numberOf(row, "gpu_memory_utilization");
  const { reserve, batchedTokenCount } = vllm;
  const share = reserve.kind === "share" && stated !== null ? { ...reserve, fraction: stated } : reserve;
  return {
    ...vllm,
    reserve: share,
    batchedTokenCount: numberOf(row, "max_num_batched_tokens") ?? batchedTokenCount,
  };
}

/** A short context: the room is asked, not whether what was started fits. */
const SHORT_CONTEXT = 256;

function scenarioOf(row: CsvRow, runtime: Runtime): Scenario {
  const isFp8 = textOf(row, "kv_cache_dtype").startsWith("fp8");
  const type = isFp8 ? "fp8" : "f16";
  return {
    ...DEFAULT_SCENARIO,
    contextLength: SHORT_CONTEXT,
    keyCacheType: type,
    valueCacheType: type,
    runtime,
  };
}

/** The card a row names, or what its log prints as the total. */
function cardOf(row: CsvRow, cards: readonly Card[]): Room | null {
  const stated = textOf(row, "gpu");
  const totalGib = numberOf(row, "total_gpu_memory_GiB");
  const isAmd = /AMD|Radeon/.test(stated);
  if (totalGib !== null) return imaginedCard(stated, gibToBytes(totalGib / VISIBLE), 0);
  if (stated === "" || stated.includes("GB10")) return null;
  const name = stated.replace(/\(.*\)|^\d+x |NVIDIA |AMD /g, "").trim();
  const named = cards.filter((each) =>
    [each.name, ...each.aliases].some((text) => plain(text).endsWith(plain(name))),
  );
  const [card] = named;
  if (card === undefined || !isKnown(card.memoryBytes) || new Set(named.map(labelOf)).size > 1) return null;
  return { ...imaginedCard(name, card.memoryBytes.value, 0), backend: isAmd ? "rocm" : "cuda" };
}

/** A name that cards of several sizes have ("A100") says too little. */
function labelOf(card: Card): number | null {
  return card.memoryLabelGB;
}

const VISIBLE = 0.987;

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
