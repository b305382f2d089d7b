import { homedir } from "node:os";
import { ownDataFolder } from "#catalog/own/data-folder.ts";
import { writeWholeFile } from "#catalog/write-file.ts";
import {
  forgetNamedMachine,
  keepNamedMachine,
  listNamedMachines,
  readNamedMachine,
} from "#probe/named-machines.ts";
import { readSavedReport } from "#probe/saved-report.ts";
import { toldText } from "#shared/english/told-text.ts";
import type { Answer, OpenedProfile } from "#shared/ipc.ts";
import { say } from "#words/say.ts";

/** The names of the machines that are kept in the person's data folder. */
export async function listMachines(): Promise<Answer<readonly string[]>> {
  return { kind: "ok", value: await listNamedMachines(dataFolder()) };
}

/** Keeps a machine under a name; the page's word on both is checked. */
export async function keepMachine(asked: unknown): Promise<Answer<readonly string[]>> {
  const { name, machine } = fieldsOf(asked);
  const checked = readSavedReport(machine);
  if (typeof name !== "string" || checked.kind === "failed")
    return failed(say("That is no machine with a name."));
  try {
    const kept = { dataFolder: dataFolder(), name: name.trim(), machine: checked.machine };
    const problem = await keepNamedMachine({ ...kept, writeFile: writeWholeFile });
    return problem === null ? await listMachines() : failed(problem);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(say("{name} could not be kept: {reason}.", { name, reason }));
  }
}

/** The machine of that name. */
export async function openMachine(name: unknown): Promise<Answer<OpenedProfile>> {
  if (typeof name !== "string") return failed(say("That is no name."));
  const read = await readNamedMachine(dataFolder(), name);
  if (read.kind === "ok") return { kind: "ok", value: { name, machine: read.machine } };
  return failed(say("{name} could not be opened: {reason}.", { name, reason: toldText(read.message) }));
}

/** Removes the machine of that name, and answers those that are left. */
export async function forgetMachine(name: unknown): Promise<Answer<readonly string[]>> {
  if (typeof name !== "string") return failed(say("That is no name."));
  await forgetNamedMachine(dataFolder(), name);
  return await listMachines();
}

function dataFolder(): string {
  return ownDataFolder({ platform: process.platform, homeFolder: homedir(), env: process.env });
}

function fieldsOf(asked: unknown): { readonly name?: unknown; readonly machine?: unknown } {
  return typeof asked === "object" && asked !== null ? asked : {};
}

function failed(message: string): Answer<never> {
  return { kind: "failed", message };
}
