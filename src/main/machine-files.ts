import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { dialog, type FileFilter, type SaveDialogOptions } from "electron";
import { writeWholeFile } from "#catalog/write-file.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Capture } from "#probe/capture.ts";
import { readSavedReport } from "#probe/saved-report.ts";
import type { Answer, OpenedProfile } from "#shared/ipc.ts";
import { isShallow } from "./depth.ts";

const MACHINE_FILES: FileFilter[] = [{ name: "Fitment machine", extensions: ["fitment", "json"] }];
const JSON_FILES: FileFilter[] = [{ name: "JSON", extensions: ["json"] }];

/** A report is some kilobytes; a file far above that is something else, and is not read. */
const PROFILE_SIZE_MAX_BYTES = 4_000_000;

/** A report is 6 levels deep. What is far deeper would end the stack of whoever copies or prints it. */
const PROFILE_DEPTH_MAX = 40;

/** Asks where, and writes a machine there; the name of the file, or null where the person thought better of it. */
export async function saveProfile(machine: MachineReport): Promise<Answer<string | null>> {
  return await saveJson(
    { title: "Save this machine", defaultPath: "machine.fitment", filters: MACHINE_FILES },
    machine,
  );
}

/** Asks where, and writes everything that detection read there, masked. */
export async function saveDiagnostics(capture: Capture): Promise<Answer<string | null>> {
  const dialog = { title: "Save diagnostics", defaultPath: "fitment-diagnostics.json", filters: JSON_FILES };
  return await saveJson(dialog, capture);
}

/** Asks for a file and reads the machine in it; null where the person thought better of it. */
export async function openProfile(): Promise<Answer<OpenedProfile | null>> {
  const chosen = await dialog.showOpenDialog({
    title: "Open a machine",
    filters: MACHINE_FILES,
    properties: ["openFile"],
  });
  const [file] = chosen.filePaths;
  return chosen.canceled || file === undefined ? { kind: "ok", value: null } : await readProfile(file);
}

/** Reads the machine in a file, which may be any file at all. */
export async function readProfile(file: string): Promise<Answer<OpenedProfile>> {
  const name = path.basename(file);
  try {
    const found = await stat(file);
    if (!found.isFile()) return failed(`${name} is no file.`); // a pipe or a device might never end
    if (found.size > PROFILE_SIZE_MAX_BYTES) return failed(`${name} is too large for a saved machine.`);
    const json: unknown = JSON.parse(await readFile(file, "utf8"));
    if (!isShallow(json, PROFILE_DEPTH_MAX)) return failed(`${name} is nested too deep for a saved machine.`);
    const report = readSavedReport(json);
    if (report.kind === "ok") return { kind: "ok", value: { name, machine: report.machine } };
    return failed(`${name} is no saved machine (${report.message}).`);
  } catch (error) {
    const reason = error instanceof SyntaxError ? "it is not JSON" : reasonOf(error);
    return failed(`${name} could not be read: ${reason}.`);
  }
}

async function saveJson(options: SaveDialogOptions, content: unknown): Promise<Answer<string | null>> {
  const chosen = await dialog.showSaveDialog(options);
  if (chosen.canceled || chosen.filePath === "") return { kind: "ok", value: null };
  const name = path.basename(chosen.filePath);
  try {
    await writeWholeFile(chosen.filePath, `${JSON.stringify(content, null, 2)}\n`);
    return { kind: "ok", value: name };
  } catch (error) {
    return failed(`${name} could not be written: ${reasonOf(error)}.`);
  }
}

/** Node's reason without the call and the path it ends in. */
function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.replace(/,.*/, "") : String(error);
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
