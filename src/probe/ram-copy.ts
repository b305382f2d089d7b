import { fork } from "node:child_process";
import type { RamCopy } from "#engine/machine.ts";
import type { ProbeProcess } from "./isolated.ts";
import { bytesToMib, mibToBytes } from "#engine/units.ts";
import type { RamCopyMessage } from "./measure-bandwidth.ts";

/** What measuring came to. */
export type RamCopyResult =
  { readonly kind: "ok"; readonly copy: RamCopy } | { readonly kind: "failed"; readonly message: string };

/**
 * Where somebody waits: copying begins so long after the process's start at the latest and ends within 300 ms of it,
 * with fewer threads on a busy computer. How late such a computer starts a process is not in our hands: hence 2 s.
 */
const START_AT_MS = 200;
const DEADLINE_MS = 2_000;

/** Less than that, and the figure says how busy the computer was rather than how fast its memory is. */
const IDLE_FROM_FRACTION = 0.9;

/** Twice the cache of larger desktop processors: of less the figure may be the cache's. */
const ENOUGH_BYTES = mibToBytes(64);

/** A figure that may be a cache's, several times that of the RAM, is none: speeds would be told by it. */
function resultOf(told: RamCopyMessage): RamCopyResult {
  const { bytesPerSecond, threadCount, workingSetBytes } = told;
  if (workingSetBytes < ENOUGH_BYTES) {
    const copiedMib = Math.round(bytesToMib(workingSetBytes));
    const message = `the computer is too busy now: only ${copiedMib} MiB could be copied in time, which its caches may hold`;
    return { kind: "failed", message };
  }
  return {
    kind: "ok",
    copy: { bytesPerSecond, threadCount, source: "measured", ...disturbanceOf(told) },
  };
}

function disturbanceOf({ processorFraction, lateThreadCount }: RamCopyMessage): Pick<RamCopy, "disturbance"> {
  return lateThreadCount === 0 && processorFraction >= IDLE_FROM_FRACTION
    ? {}
    : { disturbance: { processorFraction, lateThreadCount, isAccepted: false } };
}

/**
 * How fast memory is copied here, measured by the built `measure-bandwidth.cjs` in a process of its own: a child of
 * this Node, unless the caller knows another way. Whoever names a deadline can wait, and has every thread copy.
 */
export function measureRamCopy(
  scriptPath: string,
  givenDeadlineMs?: number,
  startProcess: (scriptPath: string, words: readonly string[]) => ProbeProcess = forkScript,
): Promise<RamCopyResult> {
  return new Promise((resolve) => {
    const deadlineMs = givenDeadlineMs ?? DEADLINE_MS;
    const child = startProcess(scriptPath, givenDeadlineMs === undefined ? [String(START_AT_MS)] : []);
    const finish = (result: RamCopyResult): void => {
      clearTimeout(timer);
      child.kill();
      resolve(result);
    };
    const late = { kind: "failed", message: `it took longer than ${deadlineMs / 1000} s` } as const;
    const timer = setTimeout(() => finish(late), deadlineMs);
    child.onExit(() => finish({ kind: "failed", message: "its process ended before it answered" }));
    child.onMessage((message) => finish(resultOf(message as RamCopyMessage))); // from our own measure-bandwidth.ts
  });
}

function forkScript(scriptPath: string, words: readonly string[]): ProbeProcess {
  const child = fork(scriptPath, [...words], { stdio: "ignore", execArgv: [] });
  return {
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.on("exit", listener).on("error", listener),
    kill: () => void child.kill("SIGKILL"),
  };
}
