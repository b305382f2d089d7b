import { createReadStream, writeSync } from "node:fs";
import process from "node:process";
import { isatty, WriteStream } from "node:tty";
import { isMainThread, Worker, workerData } from "node:worker_threads";
import { runProgram } from "#cli/program.ts";
import { terminalWords } from "#main/start-words.ts";
import { measureRamCopy } from "#probe/ram-copy.ts";
import { startWorkerThread } from "#probe/worker-thread.ts";

/**
 * The terminal tool inside the packaged app, for computers without Node. Electron runs its main script before it looks
 * for a display and ends where there is none; so the tool runs in a thread, and the main one waits for it right here.
 */
const [STATE, EXIT_CODE] = [0, 1];
const [STDOUT, STDERR] = [1, 2];

if (isMainThread) waitForThread();
else void runInThread(new Int32Array(workerData as SharedArrayBuffer)); // from the lines below

function waitForThread(): void {
  const shared = new SharedArrayBuffer(8);
  const cells = new Int32Array(shared);
  new Worker(__filename, { argv: [...(terminalWords(process.argv) ?? [])], workerData: shared });
  Atomics.wait(cells, STATE, 0);
  process.exit(cells[EXIT_CODE]);
}

async function runInThread(cells: Int32Array): Promise<void> {
  cells[EXIT_CODE] = 1;
  try {
    cells[EXIT_CODE] = await runProgram(process.argv.slice(2), {
      builtFolder: __dirname,
      probesOf: (script) => (groupName) => startWorkerThread(script, [groupName]),
      measureRamCopy: (script) => measureRamCopy(script, undefined, startWorkerThread),
      stdin: createReadStream("", { fd: 0, autoClose: false }),
      print: (text) => write(STDOUT, text, (code) => finish(cells, code)),
      complain: (text) => write(STDERR, text, (code) => finish(cells, code)),
      columns: isatty(STDOUT) ? new WriteStream(STDOUT).columns : null,
    });
  } catch (error) {
    writeSync(STDERR, `fitment: something went wrong inside: ${String(error)}\n`);
  } finally {
    finish(cells, cells[EXIT_CODE] ?? 1);
  }
}

function finish(cells: Int32Array, exitCode: number): void {
  cells[EXIT_CODE] = exitCode;
  Atomics.store(cells, STATE, 1);
  Atomics.notify(cells, STATE);
}

/** A thread's own streams go through the main one, which waits. Whoever reads may stop early (`| head`): no error. */
function write(descriptor: number, text: string, exit: (code: number) => void): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : null;
      if (code === "EAGAIN") continue; // a pipe that is full: whoever reads it empties it
      exit(code === "EPIPE" ? 0 : 1);
      return;
    }
  }
}
