import process from "node:process";
import { isMainThread, parentPort } from "node:worker_threads";

/** Electron's utility process talks through this; a worker's own port is of the same shape. */
interface Port {
  postMessage(message: unknown): void;
}

/**
 * Tells the one that started this script, in whichever of three ways it did: as Electron's utility process, as a
 * child process of Node, or as a worker thread. `whenTold` is called where this side has to end itself.
 */
export function tellParent(message: unknown, whenTold: () => void = () => undefined): void {
  const electronsPort = (process as { parentPort?: Port }).parentPort; // Electron adds it, Node's types do not know
  const port = electronsPort ?? (isMainThread ? null : parentPort);
  if (port === null) process.send?.(message, whenTold);
  else port.postMessage(message);
}

/** Calls `end` when a worker thread is told to end; processes have signals for that. */
export function whenWorkerIsToEnd(end: () => void): void {
  if (!isMainThread) parentPort?.once("message", end);
}
