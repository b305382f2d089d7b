import { readdir, readFile, realpath } from "node:fs/promises";
import path from "node:path";
import { type CommandResult, runCommand } from "./command.ts";
import type { Host, ToolCall } from "./host.ts";
import { askLibrary } from "./library/library.ts";
import { findTool, PROBE_PLATFORM_VARIABLE, PROBE_ROOT_VARIABLE } from "./tool-path.ts";

type Environment = Readonly<Record<string, string | undefined>>;

export interface LocalHostOptions {
  readonly environment: Environment;
  /** Point on `performance.now()` by which every command has answered or is killed. */
  readonly endsAtMs: number;
}

/** One command may take this long, if the whole detection has as much left. */
const COMMAND_TIMEOUT_MS = 2_500;

/** Files of /proc and /sys are small; a larger one is not what it is taken for. */
const FILE_LIMIT_CHARACTERS = 4 * 1024 * 1024;

/** The machine this process runs on, or the one that `FITMENT_PROBE_ROOT` and its companions make up. */
export function localHost({ environment, endsAtMs }: LocalHostOptions): Host {
  const root = environment[PROBE_ROOT_VARIABLE] ?? "";
  const platform = hostPlatform(environment);
  const isSimulated = root !== "" || platform !== process.platform;
  const inRoot = (file: string): string => (root === "" ? file : path.join(root, file));
  return {
    platform,
    run: (call) => runTool(call, { environment, endsAtMs, platform }),
    readText: (file) => textOf(inRoot(file)),
    list: (folder) => namesIn(inRoot(folder)),
    realPath: async (file) =>
      withoutRoot(await resolved(inRoot(file)), root === "" ? "" : await resolved(root)),
    ask: (call) => (isSimulated ? Promise.resolve(null) : askLibrary(call)),
  };
}

/** The platform probes are chosen for. */
export function hostPlatform(environment: Environment): string {
  const chosen = environment[PROBE_PLATFORM_VARIABLE];
  return chosen === undefined || chosen === "" ? process.platform : chosen;
}

async function runTool(
  call: ToolCall,
  { environment, endsAtMs, platform }: LocalHostOptions & { readonly platform: string },
): Promise<CommandResult> {
  const executable = await findTool(call.tool, { platform, environment });
  if (executable === null) return { kind: "absent", message: "is not installed", elapsedMs: 0 };
  const remainingMs = endsAtMs - performance.now();
  if (remainingMs <= 0) return { kind: "failed", message: "had no time left to run", elapsedMs: 0 };
  const timeoutMs = Math.min(call.timeoutMs ?? COMMAND_TIMEOUT_MS, remainingMs);
  return await runCommand({ executable, arguments: call.arguments, timeoutMs, environment });
}

async function textOf(file: string): Promise<string | null> {
  try {
    return (await readFile(file, "utf8")).slice(0, FILE_LIMIT_CHARACTERS);
  } catch {
    return null; // missing, or not for us: a value the caller knows
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return []; // missing, or not for us: nothing to see there
  }
}

async function resolved(file: string): Promise<string | null> {
  try {
    return await realpath(file);
  } catch {
    return null; // missing, or not for us
  }
}

function withoutRoot(file: string | null, root: string | null): string | null {
  if (file === null || root === null) return null;
  return file.startsWith(root) ? file.slice(root.length) || "/" : file;
}
