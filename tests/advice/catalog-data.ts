import path from "node:path";
import { loadCatalog } from "../../src/catalog/load.ts";
import { loadQuality } from "../../src/catalog/load-quality.ts";
import type { AdviceData, AdviceQuestion } from "../../src/advice/question.ts";
import { NO_LIMITS, PRIORITIES } from "../../src/advice/question.ts";
import type { Model } from "../../src/engine/model.ts";
import { DEFAULT_SCENARIO } from "../../src/engine/scenario.ts";
import { briefMachine, type BriefMachine } from "./machines.ts";

const CATALOG_FOLDER = path.join(import.meta.dirname, "../../catalog");

const catalog = await loadCatalog(CATALOG_FOLDER);
const { quality } = await loadQuality(CATALOG_FOLDER);

/** The shipped catalog, as advice takes it. */
export const data: AdviceData = { ...catalog, quality, calibration: null };

const LONG_SCENARIO = { ...DEFAULT_SCENARIO, contextLength: 32_768 };
const machines = new Map<BriefMachine, AdviceQuestion["machine"]>();

/** A question on one of the brief's machines; machine and scenario are the same objects each time. */
export function questionOn(name: BriefMachine, change: Partial<AdviceQuestion> = {}): AdviceQuestion {
  const machine = machines.get(name) ?? briefMachine(name, catalog.cards);
  machines.set(name, machine);
  const task = change.task ?? "general";
  return {
    machine,
    scenario: task === "long-documents" ? LONG_SCENARIO : DEFAULT_SCENARIO,
    task,
    qualityWeight: PRIORITIES.quality,
    limits: NO_LIMITS,
    ...change,
  };
}

export function modelNamed(id: string): Model {
  const model = data.models.find((each) => each.id === id);
  if (model === undefined) throw new Error(`the catalog has no ${id}`);
  return model;
}
