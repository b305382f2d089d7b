import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { dialog, type FileFilter, type SaveDialogOptions } from "electron";
import { writeWholeFile } from "#catalog/write-file.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Capture } from "#probe/capture.ts";
import { readSavedReport } from "#probe/saved-report.ts";
import { toldText } from "#shared/english/told-text.ts";
import type { Answer, OpenedProfile } from "#shared/ipc.ts";
import { say } from "#words/say.ts";
import { isShallow } from "./depth.ts";
import { reasonOf, writeReasonOf } from "./reasons.ts";

const MACHINE_EXTENSIONS = ["fitment", "json"];
const JSON_FILES: FileFilter[] = [{ name: "JSON", extensions: ["json"] }];

/** A report is some kilobytes; a file far above that is something else, and is not read. */
const PROFILE_SIZE_MAX_BYTES = 4_000_000;

/** A report is 6 levels deep. What is far deeper would end the stack of whoever copies or prints it. */
const PROFILE_DEPTH_MAX = 40;

/** Asks where, and writes a machine there; the name of the file, or null where the person thought better of it. */
export async function saveProfile(machine: MachineReport): Promise<Answer<string | null>> {
  return await saveJson(
    { title: say("Save this machine"), defaultPath: "machine.fitment", filters: machineFiles() },
    machine,
  );
}

/** Asks where, and writes everything that detection read there, masked. */
export async function saveDiagnostics(capture: Capture): Promise<Answer<string | null>> {
  return await saveJson(
    { title: say("Save diagnostics"), defaultPath: "fitment-diagnostics.json", filters: JSON_FILES },
    capture,
  );
}

/** Asks for a file and reads the machine in it; null where the person thought better of it. */
export async function openProfile(): Promise<Answer<OpenedProfile | null>> {
  const chosen = await dialog.showOpenDialog({
    title: say("Open a machine"),
    filters: machineFiles(),
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
    if (!found.isFile()) return failed(say("{name} is no file.", { name })); // a pipe or a device might never end
    if (found.size > PROFILE_SIZE_MAX_BYTES)
      return failed(say("{name} is too large for a saved machine.", { name }));
    const json: unknown = JSON.parse(await readFile(file, "utf8"));
    if (!isShallow(json, PROFILE_DEPTH_MAX))
      return failed(say("{name} is nested too deep for a saved machine.", { name }));
    const report = readSavedReport(json);
    if (report.kind === "ok") return { kind: "ok", value: { name, machine: report.machine } };
    return failed(say("{name} is no saved machine ({reason}).", { name, reason: toldText(report.message) }));
  } catch (error) {
    const reason = error instanceof SyntaxError ? say("it is not JSON") : reasonOf(error);
    return failed(say("{name} could not be read: {reason}.", { name, reason }));
  }
}

function machineFiles(): FileFilter[] {
  return [{ name: say("Fitment machine"), extensions: MACHINE_EXTENSIONS }];
}

async function saveJson(options: SaveDialogOptions, content: unknown): Promise<Answer<string | null>> {
  const chosen = await dialog.showSaveDialog(options);
  if (chosen.canceled || chosen.filePath === "") return { kind: "ok", value: null };
  const name = path.basename(chosen.filePath);
  try {
    await writeWholeFile(chosen.filePath, `${JSON.stringify(content, null, 2)}\n`);
    return { kind: "ok", value: name };
  } catch (error) {
    const reason = writeReasonOf(error, chosen.filePath);
    return failed(say("{name} could not be written: {reason}.", { name, reason }));
  }
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
