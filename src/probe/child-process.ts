import { fork } from "node:child_process";
import type { ProbeProcess, StartProbeProcess } from "./isolated.ts";

/** To end what it started; a process still there after that is stuck. */
const TIME_TO_END_MS = 250;

/** Starts a group's process outside Electron: the built `probe-process.cjs`, whose path the caller knows. */
export function startProbeChild(scriptPath: string): StartProbeProcess {
  return (groupName): ProbeProcess => {
    const child = fork(scriptPath, [groupName], { stdio: "ignore", execArgv: [] });
    child.on("error", () => undefined); // followed by "exit", or reported there as a source without an answer
    return {
      onMessage: (listener) => void child.on("message", listener),
      onExit: (listener) => void child.on("exit", listener).on("error", listener),
      kill: () => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const timer = setTimeout(() => child.kill("SIGKILL"), TIME_TO_END_MS);
        child.once("exit", () => clearTimeout(timer));
        child.unref();
        if (child.connected) child.disconnect();
      },
    };
  };
}
