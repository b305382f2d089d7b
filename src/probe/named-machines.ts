import { mkdir, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { MachineReport } from "#engine/machine.ts";
import { type ReadReport, readSavedReport } from "./saved-report.ts";

/** Machines a person keeps under names of their own: files that `--machine FILE` reads too, in their data folder. */
export const MACHINE_FOLDER_NAME = "machines";

/** A report is some kilobytes; a file far above that is something else, and is not read. */
const REPORT_SIZE_MAX_BYTES = 4_000_000;

/** Letters, digits and what people put between them: no path, and no name that a file system treats as another. */
const PLAIN_NAME = /^[\p{L}\p{N}](?:[\p{L}\p{N} ._()+-]{0,58}[\p{L}\p{N})+])?$/u;

/** Windows opens a device under these, whatever follows the dot. */
const DEVICE_NAME = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

const ENDING = ".json";

/** Where a machine of that name is kept; null where it can be no name. */
export function namedMachineFile(dataFolder: string, name: string): string | null {
  if (!PLAIN_NAME.test(name) || DEVICE_NAME.test(name)) return null;
  return path.join(dataFolder, MACHINE_FOLDER_NAME, `${name}${ENDING}`);
}

/** The names that are taken, sorted; none where nothing was ever kept. */
export async function listNamedMachines(dataFolder: string): Promise<readonly string[]> {
  const files = await readdir(path.join(dataFolder, MACHINE_FOLDER_NAME)).catch(noFolder);
  return files
    .filter((file) => file.endsWith(ENDING))
    .map((file) => file.slice(0, -ENDING.length))
    .filter((name) => namedMachineFile(dataFolder, name) !== null)
    .sort((one, other) => one.localeCompare(other));
}

/** The machine of that name. A file that holds none is kept aside as NAME.json.broken, and said so. */
export async function readNamedMachine(dataFolder: string, name: string): Promise<ReadReport> {
  const file = namedMachineFile(dataFolder, name);
  if (file === null) return failed(`"${name}" is no name of a saved machine`);
  const read = await readReportFile(file);
  if (read.kind === "ok") return read;
  if (!read.isBroken) return failed(read.message);
  await rename(file, `${file}.broken`);
  return failed(`${read.message}; its file is kept aside as ${path.basename(file)}.broken`);
}

/** What to keep, under what name, and how a file is written whole or not at all. */
export interface MachineToKeep {
  readonly dataFolder: string;
  readonly name: string;
  readonly machine: MachineReport;
  readonly writeFile: (file: string, content: string) => Promise<void>;
}

/** Keeps a machine under a name, in the place of one that had it; answers what is wrong with the name, else null. */
export async function keepNamedMachine(kept: MachineToKeep): Promise<string | null> {
  const { dataFolder, name, machine, writeFile } = kept;
  const file = namedMachineFile(dataFolder, name);
  if (file === null) return "A name has letters, digits, spaces and . _ ( ) + - , 60 of them at most.";
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(machine, null, 2)}\n`);
  return null;
}

/** Removes a machine that was kept; nothing happens where there is none. */
export async function forgetNamedMachine(dataFolder: string, name: string): Promise<void> {
  const file = namedMachineFile(dataFolder, name);
  if (file !== null) await rm(file, { force: true });
}

type ReadFile =
  | Extract<ReadReport, { kind: "ok" }>
  | { readonly kind: "failed"; readonly message: string; readonly isBroken: boolean };

async function readReportFile(file: string): Promise<ReadFile> {
  try {
    if ((await stat(file)).size > REPORT_SIZE_MAX_BYTES) return broken("it is too large for a saved machine");
    const read = readSavedReport(JSON.parse(await readFile(file, "utf8")));
    return read.kind === "ok" ? read : broken(read.message);
  } catch (error) {
    if (error instanceof SyntaxError) return broken("it is not JSON");
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    const message = isMissing ? "there is none of that name" : "its file cannot be read";
    return { kind: "failed", message, isBroken: false };
  }
}

function broken(message: string): ReadFile {
  return { kind: "failed", message, isBroken: true };
}

function failed(message: string): ReadReport {
  return { kind: "failed", message };
}

function noFolder(): readonly string[] {
  return []; // nothing was kept yet, or the folder is not for us
}
