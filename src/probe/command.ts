import { type ChildProcess, spawn } from "node:child_process";
import { decodeOutput } from "./decode.ts";

/** A program to run: no shell in between, so that an argument is an argument. */
export interface Invocation {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly timeoutMs: number;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What came of it. A program that ran and complained has finished; only one that gave no whole output has failed. */
export type CommandResult =
  | {
      readonly kind: "finished";
      /** Null where a signal ended it. */
      readonly exitCode: number | null;
      readonly stdout: string;
      readonly stderr: string;
      readonly elapsedMs: number;
    }
  | { readonly kind: "absent"; readonly message: string; readonly elapsedMs: number }
  | { readonly kind: "failed"; readonly message: string; readonly elapsedMs: number };

/** More than any tool has to say (a full XML of 16 cards is under 1 MiB); a runaway one is stopped here. */
const OUTPUT_LIMIT_BYTES = 8 * 1024 * 1024;

const running = new Set<ChildProcess>();

/** For a process that is told to end: programs do not outlive who asked them, also not one that would hang for ever. */
export function killRunningCommands(): void {
  for (const child of running) kill(child);
}

/**
 * Runs a program to its end or its deadline, whichever comes first, and never throws. At the deadline the program
 * and what it started are killed, and their end is not waited for: a process stuck in a driver cannot be killed.
 */
export function runCommand(invocation: Invocation): Promise<CommandResult> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const child = startChild(invocation);
    running.add(child);
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    let sizeBytes = 0;
    const settle = (result: Unmeasured): void => {
      clearTimeout(timer);
      running.delete(child);
      release(child);
      resolve({ ...result, elapsedMs: performance.now() - startedMs });
    };
    const collect = (chunks: Buffer[]) => (chunk: Buffer) => {
      sizeBytes += chunk.length;
      chunks.push(chunk);
      if (sizeBytes <= OUTPUT_LIMIT_BYTES) return;
      kill(child);
      settle({ kind: "failed", message: "printed more than 8 MiB and was stopped" });
    };
    const timer = setTimeout(() => {
      kill(child);
      settle({ kind: "failed", message: `gave no answer within ${seconds(invocation.timeoutMs)} s` });
    }, invocation.timeoutMs);
    child.stdout?.on("data", collect(stdout));
    child.stderr?.on("data", collect(stderr));
    child.on("error", (error) => settle(startFailure(error)));
    child.on("close", (exitCode) =>
      settle({ kind: "finished", exitCode, stdout: decodeOutput(stdout), stderr: decodeOutput(stderr) }),
    );
  });
}

type WithoutElapsed<Result> = Result extends unknown ? Omit<Result, "elapsedMs"> : never;
type Unmeasured = WithoutElapsed<CommandResult>;

const IS_WINDOWS = process.platform === "win32";

function startChild({ executable, arguments: words, environment }: Invocation): ChildProcess {
  return spawn(executable, words, {
    // Tools translate their output; parsers read the untranslated one.
    env: { ...environment, LC_ALL: "C", LANG: "C", LANGUAGE: "C" },
    stdio: ["ignore", "pipe", "pipe"],
    shell: false,
    windowsHide: true,
    detached: !IS_WINDOWS, // a process group of its own, to be killed as a whole; on Windows it would open a console
  });
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (IS_WINDOWS) child.kill("SIGKILL");
    else process.kill(-child.pid, "SIGKILL");
  } catch {
    child.kill("SIGKILL"); // the group is gone already: what is left is at most the child itself
  }
}

/** Lets this process end, and the output go, although a killed child may not have ended. */
function release(child: ChildProcess): void {
  child.removeAllListeners();
  child.on("error", () => undefined); // a late one has nobody left to tell
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}

function startFailure(error: NodeJS.ErrnoException): Unmeasured {
  if (error.code === "ENOENT") return { kind: "absent", message: "is not installed" };
  return { kind: "failed", message: `could not be started (${error.code ?? error.message})` };
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(1).replace(/\.0$/, "");
}
