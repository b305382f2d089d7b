import { readFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../src/cli/run.ts";
import type { Surroundings } from "../../src/cli/surroundings.ts";
import { loadCatalog } from "../../src/catalog/load.ts";
import { catalogStore } from "../../src/catalog/store.ts";
import { loadQuality } from "../../src/catalog/load-quality.ts";
import type { MachineReport } from "../../src/engine/machine.ts";
import type { QualityData } from "../../src/engine/quality.ts";
import type { Detection } from "../../src/probe/isolated.ts";
import { readSavedReport } from "../../src/probe/saved-report.ts";

const PROJECT_FOLDER = path.join(import.meta.dirname, "../..");
const MACHINE_FOLDER = path.join(import.meta.dirname, "../fixtures/machines");

const catalog = loadCatalog(path.join(PROJECT_FOLDER, "catalog"));
let quality: Promise<QualityData> | null = null;

/** A machine written for tests, `tests/fixtures/machines/NAME.json`. */
export function fixtureMachine(name: string): MachineReport {
  const json: unknown = JSON.parse(readFileSync(path.join(MACHINE_FOLDER, `${name}.json`), "utf8"));
  const report = readSavedReport(json);
  if (report.kind === "failed") throw new Error(`${name}: ${report.message}`);
  return report.machine;
}

/** A detection that found this machine, and recorded nothing but that it is Linux. */
export function detectionOf(report: MachineReport): Detection {
  const capture = { kind: "fitment-capture", captureVersion: 1, platform: "linux", records: [] } as const;
  return { report, capture: () => capture };
}

/** What a command line came to. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** How often this machine was detected. */
  readonly detectionCount: number;
  /** Content by path. */
  readonly written: Readonly<Record<string, string>>;
}

export interface RunOptions {
  /** The machine that detection finds. */
  readonly machine?: string;
  /** Files that can be read, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly surroundings?: Partial<Surroundings>;
}

/** Runs a command line against the shipped catalog and a machine written for tests. */
export async function runFitment(words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const out: string[] = [];
  const errors: string[] = [];
  const written: Record<string, string> = {};
  let detectionCount = 0;
  const exitCode = await run(words, {
    detectMachine: () => {
      detectionCount += 1;
      return Promise.resolve(detectionOf(fixtureMachine(options.machine ?? "no-gpu")));
    },
    measureRamCopy: () => Promise.resolve({ kind: "failed", message: "nothing is measured in a test" }),
    ...catalogStore(path.join(PROJECT_FOLDER, "catalog"), {
      platform: "linux",
      homeFolder: MACHINE_FOLDER,
      env: { FITMENT_DATA_DIR: path.join(MACHINE_FOLDER, "no-own-folder") },
    }),
    hub: {
      settings: { endpoint: "http://127.0.0.1:9", token: null, timeoutMs: 2000 },
      isWatched: false,
      onInterrupt: () => () => undefined,
    },
    loadCatalog: () => catalog,
    loadQuality: () => (quality ??= loadQuality(path.join(PROJECT_FOLDER, "catalog"))),
    findInstalled: () => Promise.resolve({ models: [], unmatched: [], notes: [] }),
    readCatalogDate: () => Promise.resolve("2026-11-25"),
    readFile: (file) => {
      const content = options.files?.[file];
      return content === undefined
        ? Promise.reject(Object.assign(new Error(`ENOENT: open '${file}'`), { code: "ENOENT" }))
        : Promise.resolve(content);
    },
    writeFile: (file, content) => {
      written[file] = content;
      return Promise.resolve();
    },
    print: (text) => void out.push(`${text}\n`),
    complain: (text) => void errors.push(`${text}\n`),
    version: "0.0.0",
    now: () => new Date("2026-11-25T14:30:00.000Z"),
    isColourful: false,
    columns: null,
    ...options.surroundings,
  });
  return { exitCode, stdout: out.join(""), stderr: errors.join(""), detectionCount, written };
}
