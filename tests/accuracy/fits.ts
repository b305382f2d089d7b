import path from "node:path";
import { loadCatalog } from "#catalog/load.ts";
import type { Card } from "#engine/card.ts";
import { estimateFit } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import type { Accelerator, MachineReport } from "#engine/machine.ts";
import { KV_CACHE_TYPES } from "#engine/kv-cache-type.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { gbToBytes, gibToBytes } from "#engine/units.ts";
import { cardOf, machineOf, unifiedGpu } from "../fixtures/machine.ts";
import { numberOf, readCsv, textOf, type CsvRow } from "../fixtures/read-csv.ts";
import { MEASURED_FOLDER, type FindModel } from "./rows/catalog-models.ts";
import { quantizationOf } from "./rows/quantization-names.ts";

/** How loads that are known to have fitted or failed are judged. */
export interface FitCount {
  readonly engine: string;
  readonly fitted: number;
  readonly refused: number;
  readonly failed: number;
  readonly placed: number;
  /** Rows judged otherwise than they went. */
  readonly wrong: readonly string[];
}

/** Loads of `fits.csv` by engine, on models of the catalog and cards of its database. */
export async function fitCounts(findModel: FindModel): Promise<readonly FitCount[]> {
  const cards = await databaseCards();
  return [countOf(fitRows(), { findModel, cards, moreMarginBytes: 0 })];
}

/** With what rows are judged. */
export interface Judging {
  readonly findModel: FindModel;
  readonly cards: readonly Card[];
  /** Taken from each card, as a larger margin would. */
  readonly moreMarginBytes: number;
}

/** The cards of the catalog's database. */
export async function databaseCards(): Promise<readonly Card[]> {
  const { cards } = await loadCatalog(path.join(import.meta.dirname, "../../catalog"));
  return cards;
}

/** The loads by llama.cpp. */
export function fitRows(): readonly CsvRow[] {
  return readCsv(path.join(MEASURED_FOLDER, "fits.csv")).filter(
    (row) => textOf(row, "engine") === "llama.cpp",
  );
}

/** How some of the loads are judged. */
export function countOf(rows: readonly CsvRow[], judging: Judging): FitCount {
  const judged = rows.flatMap((row) => judge(row, judging) ?? []);
  const fitted = judged.filter(({ outcome }) => outcome === "fits");
  const failed = judged.filter(({ outcome }) => outcome === "oom");
  const refused = fitted.filter(({ isOnCards }) => !isOnCards);
  const placed = failed.filter(({ isOnCards }) => isOnCards);
  return {
    engine: "llama.cpp",
    fitted: fitted.length,
    refused: refused.length,
    failed: failed.length,
    placed: placed.length,
    wrong: [...refused, ...placed].map(({ title }) => title),
  };
}

interface Judged {
  readonly title: string;
  readonly outcome: string;
  readonly isOnCards: boolean;
}

/** The first LLaMAs are not in the catalog; rows that do not say how many cards, or which packing, say too little. */
function judge(row: CsvRow, { findModel, cards, moreMarginBytes }: Judging): Judged | null {
  const name = textOf(row, "model");
  const model = name.startsWith("LLaMA 30B") || name.startsWith("LLaMA 65B") ? null : findModel(name);
  const quantization = quantizationOf(textOf(row, "quant"));
  const machine = machineOfRow(row, cards, moreMarginBytes);
  const scenario = scenarioOf(row);
  if (model === null || quantization === null || machine === null || scenario === null) return null;
  const { kind } = estimateFit(model.model, machine, scenario, quantization).placement;
  const isOnCards = kind === "single" || kind === "layer-split";
  const title = ["id", "model", "quant", "context_tokens", "gpu_count", "gpu", "outcome"]
    .map((column) => textOf(row, column))
    .join(" ");
  return { title, outcome: textOf(row, "outcome"), isOnCards };
}

const SHORTEST_CONTEXT = 512;

function scenarioOf(row: CsvRow): Scenario | null {
  const stated = textOf(row, "kv_cache_type");
  const type = KV_CACHE_TYPES.find((name) => name === (stated === "" ? "f16" : stated));
  if (type === undefined) return null;
  const microBatch = /n_ubatch (\d+)/.exec(textOf(row, "test"))?.[1];
  return {
    ...DEFAULT_SCENARIO,
    contextLength: numberOf(row, "context_tokens") ?? SHORTEST_CONTEXT,
    keyCacheType: type,
    valueCacheType: type,
    microBatchSize: microBatch === undefined ? DEFAULT_SCENARIO.microBatchSize : Number(microBatch),
  };
}

const PLENTY_OF_RAM_GIB = 512;

/** Firmware and graphics tables take a little of what a card's label says, where its driver's figure is not known. */
const REPORTED_FRACTION = 0.985;

function machineOfRow(row: CsvRow, cards: readonly Card[], moreMarginBytes: number): MachineReport | null {
  const name = textOf(row, "gpu");
  const count = numberOf(row, "gpu_count");
  const labelGB = numberOf(row, "gpu_memory_GB_each");
  if (count === null || labelGB === null || count === 0) return null;
  const totalBytes = gibToBytes(labelGB);
  if (/^(Apple )?M\d/.test(name)) return machineOf([unifiedGpu("apple", totalBytes)], labelGB);
  if (name.includes("Ryzen AI MAX")) return machineOf([unifiedGpu("amd", gbToBytes(labelGB))], labelGB);
  const known = cards.find((card) => isNamed(card, name) && card.memoryLabelGB === labelGB);
  const bytes =
    known !== undefined && isKnown(known.memoryBytes)
      ? known.memoryBytes.value
      : totalBytes * REPORTED_FRACTION;
  const accelerator: Accelerator = {
    ...cardOf(name, bytes - moreMarginBytes),
    vendor: known?.vendor ?? "nvidia",
  };
  return machineOf(
    Array.from({ length: count }, () => accelerator),
    PLENTY_OF_RAM_GIB,
  );
}

function isNamed(card: Card, name: string): boolean {
  const wanted = plain(name);
  return [card.name, card.id, ...card.aliases].some((text) => plain(text).includes(wanted));
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
