import { availableParallelism } from "node:os";
import process from "node:process";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { tellParent } from "./parent.ts";
import { copyInTime, fillInTime, type ThreadCopy } from "./timed-copy.ts";

/**
 * A process of its own that copies memory for a moment and says how fast that went. One thread alone seldom gets
 * all a memory can do, so several copy at once; each runs this same file.
 */

/** What this process tells the one that started it; `ram-copy.ts` reads it. */
export interface RamCopyMessage {
  readonly bytesPerSecond: number;
  readonly threadCount: number;
  /** Threads that were to copy too and were not ready in time. */
  readonly lateThreadCount: number;
  /** Share of the copying time in which the threads had a processor; below 1 other programs had it. */
  readonly processorFraction: number;
  /** Read and written over all threads; less than was meant to be where the time was over first. */
  readonly workingSetBytes: number;
}

/** A thread that is ready says how many bytes it copies. */
type ThreadMessage = { readonly readyBytes: number } | ThreadCopy;

/** More threads add little and take long to start. */
const MOST_THREADS = 8;
/** Read and written, over all threads: four times the 32 MiB of cache that larger desktop processors have. */
const WORKING_SET_BYTES = 128 * 1024 ** 2;

/**
 * For so long, by the clock, blocks are written to and copied, also on a busy computer. Whoever starts this process may
 * say by when of its life, in milliseconds, copying begins (then all ends within 120 ms from there): threads that are
 * not ready by then are left out, and where none is, which takes a computer that hardly lets this process run, it
 * copies by itself. Otherwise all threads are waited for.
 */
const FILL_TIME_MS = 100;
const OWN_FILL_TIME_MS = 30;
const COPY_TIME_MS = 60;

const clock = (): number => performance.now();

// This script may itself be a thread of a larger program; only its own threads are told a size.
if (typeof workerData === "number") copyWhenTold(workerData);
else measure();

function measure(): void {
  const threadCount = Math.min(MOST_THREADS, availableParallelism());
  const readyBytes = new Map<Worker, number>();
  const copies: ThreadCopy[] = [];
  let copying: readonly Worker[] | null = null;
  let before = process.cpuUsage();
  const start = (): void => {
    if (copying !== null) return;
    copying = [...readyBytes.keys()];
    if (copying.length === 0) tell(copyAlone());
    before = process.cpuUsage();
    for (const thread of copying) thread.postMessage("copy");
  };
  const finish = (): void => {
    const processorFraction = fractionOf(process.cpuUsage(before), copies);
    const workingSetBytes = 2 * [...readyBytes.values()].reduce((sum, bytes) => sum + bytes, 0);
    const bytesPerSecond = ratePerSecond(copies);
    const lateThreadCount = threadCount - copies.length;
    tell({
      bytesPerSecond,
      threadCount: copies.length,
      lateThreadCount,
      processorFraction,
      workingSetBytes,
    });
  };
  const take = (thread: Worker, message: ThreadMessage): void => {
    if ("readyBytes" in message) {
      if (copying !== null) return; // too late for this time
      readyBytes.set(thread, message.readyBytes);
      if (readyBytes.size === threadCount) start();
    } else if (copies.push(message) === copying?.length) finish();
  };
  process.once("disconnect", () => process.exit());
  const startAtMs = Number(process.argv[2]);
  if (startAtMs > 0) setTimeout(start, Math.max(0, startAtMs - clock()));
  for (let index = 0; index < threadCount; index++) {
    const thread = new Worker(__filename, { workerData: WORKING_SET_BYTES / 2 / threadCount });
    thread.on("message", (message: ThreadMessage) => take(thread, message));
  }
}

function copyAlone(): RamCopyMessage {
  const before = process.cpuUsage();
  const { blocks, readyBytes } = filledBlocks(WORKING_SET_BYTES / 2, OWN_FILL_TIME_MS);
  const copies = [copyInTime(blocks, COPY_TIME_MS, clock)];
  return {
    bytesPerSecond: ratePerSecond(copies),
    threadCount: 1,
    lateThreadCount: Math.min(MOST_THREADS, availableParallelism()) - 1,
    processorFraction: fractionOf(process.cpuUsage(before), copies),
    workingSetBytes: 2 * readyBytes,
  };
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

function copyWhenTold(byteCount: number): void {
  const { blocks, readyBytes } = filledBlocks(byteCount, FILL_TIME_MS);
  parentPort?.once("message", () => parentPort?.postMessage(copyInTime(blocks, COPY_TIME_MS, clock)));
  parentPort?.postMessage({ readyBytes } satisfies ThreadMessage);
}

/** Two blocks of as many bytes as could be filled in time. */
function filledBlocks(
  byteCount: number,
  limitMs: number,
): { readonly blocks: { readonly from: Uint8Array; readonly to: Uint8Array }; readonly readyBytes: number } {
  const [from, to] = [new Uint8Array(byteCount), new Uint8Array(byteCount)];
  const readyBytes = fillInTime([from, to], limitMs, clock);
  return { blocks: { from: from.subarray(0, readyBytes), to: to.subarray(0, readyBytes) }, readyBytes };
}
