import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { format } from "prettier";
import { QUALITY_TASKS } from "#engine/quality.ts";
import { readCatalogModels } from "./index/catalog-models.ts";
import { toTaskFile } from "./index/task-file.ts";
import { readLossRows } from "./loss/loss-row.ts";
import { kvCacheLosses, lossSources, quantizationLosses } from "./loss/loss-table.ts";
import { fitAbilities } from "./sampler/fit.ts";
import { shippableObservations } from "./scores/collection.ts";

/** Many more draws than the checks take: what ships should not move with the seed. */
const SHIPPED = { seed: 1, warmUp: 500, draws: 2_500 };
const DATA = path.join("..", "shared", "data", "quality");
const OUTPUT = path.join("catalog", "quality");

/** Fits the published scores and writes `catalog/quality/`. */
export async function run(): Promise<void> {
  const observations = shippableObservations(path.join(DATA, "scores.csv"));
  const models = readCatalogModels(path.join("catalog", "models"));
  const fit = fitAbilities(observations, SHIPPED);
  const taken = new Set<string>();
  for (const task of QUALITY_TASKS) {
    const file = toTaskFile(task, { fit, observations, models, taken });
    await writeJson(path.join("index", `${task}.json`), file);
    process.stdout.write(`${task}: ${file.models.length} entries on ${file.benchmarks.length} benchmarks\n`);
  }
  const rows = readLossRows(path.join(DATA, "quant_loss.csv"));
  const { losses, factors } = quantizationLosses(rows);
  await writeJson("quantization-loss.json", {
    kind: "quantization-loss",
    sources: lossSources(rows, "weights"),
    losses,
    taskFactors: factors,
  });
  await writeJson("kv-cache-loss.json", {
    kind: "kv-cache-loss",
    sources: lossSources(rows, "kv"),
    losses: kvCacheLosses(rows),
  });
  process.stdout.write(
    `makers' own scores are ${fit.spread.ownBias.toFixed(2)} logits above what others find\n`,
  );
}

async function writeJson(name: string, content: unknown): Promise<void> {
  const file = path.join(OUTPUT, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, await format(JSON.stringify(content), { parser: "json", printWidth: 110 }));
}
