import { Worker } from "node:worker_threads";
import type { ProbeProcess } from "./isolated.ts";

/** To end what it started; a thread still there after that is stuck, and ends with this process. */
const TIME_TO_END_MS = 250;

/** A built script in a thread of this process, for a packaged app whose Electron may not be started as a Node. */
export function startWorkerThread(scriptPath: string, words: readonly string[]): ProbeProcess {
  const thread = new Worker(scriptPath, { argv: [...words] });
  let hasEnded = false;
  thread.once("exit", () => (hasEnded = true));
  thread.on("error", () => undefined); // followed by "exit"
  return {
    onMessage: (listener) => void thread.on("message", listener),
    onExit: (listener) => void thread.on("exit", listener),
    kill: () => {
      if (hasEnded) return;
      thread.postMessage("end");
      setTimeout(() => void thread.terminate(), TIME_TO_END_MS).unref();
      thread.unref();
    },
  };
}
