import { availableParallelism } from "node:os";
import process from "node:process";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { tellParent } from "./parent.ts";

/**
 * A process of its own that copies memory for a moment and says how fast that went. One thread alone seldom gets
 * all a memory can do, so several copy at once; each runs this same file.
 */

/** What one thread copied in the time it took. */
interface ThreadCopy {
  readonly copiedBytes: number;
  readonly seconds: number;
}

/** What this process tells the one that started it; `ram-copy.ts` reads it. */
export interface RamCopyMessage {
  readonly bytesPerSecond: number;
  readonly threadCount: number;
  /** Share of the copying time in which the threads had a processor; below 1 other programs had it. */
  readonly processorFraction: number;
}

/** More threads add little and take long to start. */
const MOST_THREADS = 8;
/** Read and written, over all threads: four times the 32 MiB of cache that larger desktop processors have. */
const WORKING_SET_BYTES = 128 * 1024 ** 2;
const COPY_TIME_MS = 60;

// This script may itself be a thread of a larger program; only its own threads are told a size.
if (typeof workerData === "number") copyWhenTold();
else measure();

function measure(): void {
  const threadCount = Math.min(MOST_THREADS, availableParallelism());
  const copies: ThreadCopy[] = [];
  let readyCount = 0;
  const threads = Array.from({ length: threadCount }, () => {
    return new Worker(__filename, { workerData: WORKING_SET_BYTES / 2 / threadCount });
  });
  process.once("disconnect", () => process.exit());
  let before = process.cpuUsage();
  const take = (message: ThreadCopy | null): void => {
    if (message !== null) {
      copies.push(message);
    } else if (++readyCount === threadCount) {
      before = process.cpuUsage();
      for (const thread of threads) thread.postMessage("copy");
    }
    if (copies.length < threadCount) return;
    const processorFraction = fractionOf(process.cpuUsage(before), copies);
    tell({ bytesPerSecond: ratePerSecond(copies), threadCount, processorFraction });
  };
  for (const thread of threads) thread.on("message", take);
}

/** Bytes read and bytes written both count, as is the custom for memory bandwidth. */
function ratePerSecond(copies: readonly ThreadCopy[]): number {
  return Math.round(copies.reduce((sum, { copiedBytes, seconds }) => sum + (2 * copiedBytes) / seconds, 0));
}

function fractionOf({ user, system }: NodeJS.CpuUsage, copies: readonly ThreadCopy[]): number {
  const neededMicroseconds = 1e6 * copies.reduce((sum, { seconds }) => sum + seconds, 0);
  return Math.min(1, (user + system) / neededMicroseconds);
}

function tell(message: RamCopyMessage): void {
  tellParent(message, () => process.exit());
}

/** Pages are only there once they were written to: that is done before the others are waited for. */
function copyWhenTold(): void {
  const byteCount = Number(workerData);
  const from = new Uint8Array(byteCount).fill(1);
  const to = new Uint8Array(byteCount).fill(2);
  parentPort?.once("message", () => {
    const startedMs = performance.now();
    let elapsedMs = 0;
    let copiedBytes = 0;
    do {
      to.set(from);
      copiedBytes += byteCount;
      elapsedMs = performance.now() - startedMs;
    } while (elapsedMs < COPY_TIME_MS);
    parentPort?.postMessage({ copiedBytes, seconds: elapsedMs / 1000 } satisfies ThreadCopy);
  });
  parentPort?.postMessage(null);
}
