import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { arch, cpus, totalmem } from "node:os";
import path from "node:path";
import process from "node:process";
import { writeWholeFile } from "#catalog/write-file.ts";
import type { MachineReport } from "#engine/machine.ts";
import { readSavedReport } from "#probe/saved-report.ts";
import { PROBE_PLATFORM_VARIABLE, PROBE_ROOT_VARIABLE } from "#probe/tool-path.ts";
import type { LastMachine } from "#shared/ipc.ts";
import { isShallow } from "./depth.ts";

const FILE_NAME = "last-machine.json";

/** Raised when an older file would be misread; one of another version is as good as none. */
const VERSION = 1;

/** A driver, a card or a limit has changed by then as likely as not. */
const AGE_MAX_MS = 30 * 24 * 60 * 60 * 1000;

/** A report is some kilobytes, and 6 levels deep; what is far beyond is not ours. */
const SIZE_MAX_BYTES = 4_000_000;
const DEPTH_MAX = 40;

/** What of a file must hold for the machine in it to be shown. */
export interface Expected {
  readonly fingerprint: string;
  readonly now: Date;
}

/**
 * Tells this computer from another one that has the same folder (a copied disk, a shared home): system, processor and
 * RAM, hashed, so that the file says nothing more of it. What a test pretends is a computer of its own.
 */
export function hostFingerprint(env: Readonly<Record<string, string | undefined>>): string {
  const processors = cpus();
  const pretended = [env[PROBE_ROOT_VARIABLE] ?? "", env[PROBE_PLATFORM_VARIABLE] ?? ""];
  const host = [process.platform, arch(), processors[0]?.model ?? "", processors.length, totalmem()];
  return createHash("sha256")
    .update(JSON.stringify([...host, ...pretended]))
    .digest("hex");
}

/** False where no detection has kept anything. */
export function mayKnowMachine(folder: string): boolean {
  return existsSync(path.join(folder, FILE_NAME));
}

/** The machine that the last detection found here; null where there is none that may be shown. Never throws. */
export async function readLastMachine(folder: string, expected: Expected): Promise<LastMachine | null> {
  const json = await readJson(path.join(folder, FILE_NAME));
  if (typeof json !== "object" || json === null || !isShallow(json, DEPTH_MAX)) return null;
  const kept: { version?: unknown; fingerprint?: unknown; detectedAt?: unknown; machine?: unknown } = json;
  const { version, fingerprint, detectedAt } = kept;
  if (version !== VERSION || fingerprint !== expected.fingerprint) return null;
  if (typeof detectedAt !== "string") return null;
  const ageMs = expected.now.getTime() - Date.parse(detectedAt);
  if (!(ageMs >= 0 && ageMs <= AGE_MAX_MS)) return null; // NaN too: that is no date
  const read = readSavedReport(kept.machine);
  return read.kind === "ok" ? { machine: withoutMoment(read.machine), detectedAt } : null;
}

/** Keeps what a detection found for the next start. Throws where the disk says no. */
export async function writeLastMachine(
  folder: string,
  { fingerprint, now }: Expected,
  machine: MachineReport,
): Promise<void> {
  const kept = { version: VERSION, fingerprint, detectedAt: now.toISOString(), machine };
  await writeWholeFile(path.join(folder, FILE_NAME), `${JSON.stringify(kept)}\n`);
}

/** Facts of a moment that has passed: what was free or in use then says nothing of now. */
const MOMENTARY_FACTS = ["memoryFreeBytes", "memoryUsedBytes"];

function withoutMoment(machine: MachineReport): MachineReport {
  return {
    ...machine,
    ram: { ...machine.ram, availableBytes: null },
    accelerators: machine.accelerators.map(({ details, witnesses, ...rest }) => ({
      ...rest,
      memoryFreeBytes: null,
      ...(details === undefined ? {} : { details: { ...details, memoryUsedBytes: null, memoryHolders: [] } }),
      ...(witnesses === undefined
        ? {}
        : { witnesses: witnesses.filter(({ fact }) => !MOMENTARY_FACTS.includes(fact)) }),
    })),
  };
}

/** Null where the file is missing, too large, or no JSON: then this start waits for detection, as the first did. */
async function readJson(file: string): Promise<unknown> {
  try {
    return (await stat(file)).size > SIZE_MAX_BYTES ? null : JSON.parse(await readFile(file, "utf8"));
  } catch {
    return null; // nobody is told: it is a copy of what is read afresh now
  }
}
