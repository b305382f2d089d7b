import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import process from "node:process";
import type { Readable } from "node:stream";
import { isatty } from "node:tty";
import { hubSettingsOf } from "#catalog/hub/settings.ts";
import { catalogStore } from "#catalog/store.ts";
import { writeWholeFile } from "#catalog/write-file.ts";
import { detectMachine, type StartProbeProcess } from "#probe/isolated.ts";
import type { RamCopyResult } from "#probe/ram-copy.ts";
import { readLimited } from "./read-limited.ts";
import { run } from "./run.ts";

/** What differs between this tool under Node and inside an Electron that may not be used as a Node. */
export interface Shell {
  /** `out/main` of the app, where the entry lies; code that entries share is moved elsewhere and cannot tell. */
  readonly builtFolder: string;
  /** Starts a built script apart from this thread. */
  readonly probesOf: (scriptPath: string) => StartProbeProcess;
  readonly measureRamCopy: (scriptPath: string) => Promise<RamCopyResult>;
  readonly stdin: Readable;
  /** Writes text as it is, line end and all. */
  readonly print: (text: string) => void;
  readonly complain: (text: string) => void;
  /** Width of the terminal that standard output is; null where it is none. */
  readonly columns: number | null;
}

const STANDARD_ERROR = 2;

/** The whole terminal tool on this computer; answers the exit code. */
export async function runProgram(words: readonly string[], shell: Shell): Promise<number> {
  const { env, platform } = process;
  const { builtFolder } = shell;
  const appFolder = path.join(builtFolder, "../..");
  return await run(words, {
    ...catalogStore(path.join(appFolder, "catalog"), { platform, homeFolder: homedir(), env }),
    detectMachine: () => detectMachine(shell.probesOf(path.join(builtFolder, "probe-process.cjs"))),
    measureRamCopy: () => shell.measureRamCopy(path.join(builtFolder, "measure-bandwidth.cjs")),
    hub: { settings: hubSettingsOf(env), isWatched: isatty(STANDARD_ERROR), onInterrupt },
    readFile: (file) => readLimited(file === "-" ? shell.stdin : file),
    writeFile: writeWholeFile,
    print: (line) => shell.print(`${line}\n`),
    complain: (line) => shell.complain(`${line}\n`),
    version: await ownVersion(appFolder),
    now: () => new Date(),
    isColourful: shell.columns !== null && !env.NO_COLOR && env.TERM !== "dumb",
    columns: shell.columns,
  });
}

function onInterrupt(listener: () => void): () => void {
  process.on("SIGINT", listener);
  return () => void process.off("SIGINT", listener);
}

async function ownVersion(appFolder: string): Promise<string> {
  const content = await readFile(path.join(appFolder, "package.json"), "utf8");
  const { version } = JSON.parse(content) as { version: string }; // our own file
  return version;
}
