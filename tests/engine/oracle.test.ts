import { existsSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { demandOf } from "#engine/placement/demand.ts";
import { KV_CACHE_TYPES } from "#engine/kv-cache-type.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { bytesToMib } from "#engine/units.ts";
import { ARCHITECTURES } from "../fixtures/architectures.ts";
import { numberOf, readCsv, textOf, type CsvRow } from "../fixtures/read-csv.ts";

/* What a current llama.cpp itself allocates on its CPU back end, for thirteen architectures. */
const FILE = path.join(import.meta.dirname, "../../../shared/data/memory/oracle.csv");
const ROWS = existsSync(FILE) ? readCsv(FILE) : [];

const KV_TOLERANCE_FRACTION = 0.005;
const COMPUTE_TOLERANCE_FRACTION = 0.1;
const COMPUTE_TOLERANCE_MIB = 32;
const COMPUTE_MOST_BELOW_MIB = 64;

describe.skipIf(ROWS.length === 0)("what llama.cpp allocates", () => {
  test.each(ROWS.map((row) => [titleOf(row), row] as const))("%s", (_title, row) => {
    const architecture = architectureOfRow(row);
    const scenario = scenarioOf(row);
    const demand = demandOf(architecture, "F16", scenario);
    const kvMib = bytesToMib(demand.layers.reduce((sum, layer) => sum + layer.kvCacheBytes, 0));
    const computeMib = bytesToMib(demand.compute.cpuBytes);
    const measuredKvMib = stated(row, "kv_MiB");
    const measuredComputeMib = stated(row, "compute_MiB");
    const tolerance = Math.max(COMPUTE_TOLERANCE_MIB, COMPUTE_TOLERANCE_FRACTION * measuredComputeMib);
    expect(Math.abs(kvMib / measuredKvMib - 1)).toBeLessThan(KV_TOLERANCE_FRACTION);
    expect(Math.abs(computeMib - measuredComputeMib)).toBeLessThanOrEqual(tolerance);
    expect(measuredComputeMib - computeMib).toBeLessThan(COMPUTE_MOST_BELOW_MIB);
  });
});

function titleOf(row: CsvRow): string {
  const parts = ["model", "context", "flash_attention", "ubatch", "kv_type"].map((name) => textOf(row, name));
  return parts.join(" ");
}

function architectureOfRow(row: CsvRow): (typeof ARCHITECTURES)[keyof typeof ARCHITECTURES] {
  const found = Object.entries(ARCHITECTURES).find(([id]) => id === textOf(row, "model"));
  if (found === undefined) throw new Error(`no architecture for ${textOf(row, "model")}`);
  return found[1];
}

function scenarioOf(row: CsvRow): Scenario {
  const type = KV_CACHE_TYPES.find((name) => name === textOf(row, "kv_type"));
  if (type === undefined) throw new Error(`no such cache type: ${textOf(row, "kv_type")}`);
  return {
    ...DEFAULT_SCENARIO,
    contextLength: stated(row, "context"),
    microBatchSize: stated(row, "ubatch"),
    flashAttention: textOf(row, "flash_attention") === "on",
    keyCacheType: type,
    valueCacheType: type,
  };
}

function stated(row: CsvRow, column: string): number {
  const value = numberOf(row, column);
  if (value === null) throw new Error(`${titleOf(row)}: no ${column}`);
  return value;
}
