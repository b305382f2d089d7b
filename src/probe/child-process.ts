import { fork } from "node:child_process";
import type { ProbeProcess, StartProbeProcess } from "./isolated.ts";

/** Starts a group's process outside Electron: the built `probe-process.cjs`, whose path the caller knows. */
export function startProbeChild(scriptPath: string): StartProbeProcess {
  return (groupName): ProbeProcess => {
    const child = fork(scriptPath, [groupName], { stdio: "ignore", execArgv: [] });
    child.on("error", () => undefined); // followed by "exit", or reported there as a source without an answer
    return {
      onMessage: (listener) => void child.on("message", listener),
      onExit: (listener) => void child.on("exit", listener).on("error", listener),
      kill: () => {
        child.kill("SIGKILL");
        child.unref();
        if (child.connected) child.disconnect();
      },
    };
  };
}
