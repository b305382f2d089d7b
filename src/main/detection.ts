import path from "node:path";
import { utilityProcess } from "electron";
import type { MachineReport } from "#engine/machine.ts";
import { type ProbeProcess, probeMachine } from "#probe/isolated.ts";

const PROBE_SCRIPT = path.join(__dirname, "probe-process.cjs");

/**
 * Starts a detection now and answers a function for its report. Who asks first gets that one, so that the window
 * finds it under way; who asks again gets the machine as it is then.
 */
export function startDetection(): () => Promise<MachineReport> {
  let started: Promise<MachineReport> | null = detectMachine();
  return () => {
    const report = started ?? detectMachine();
    started = null;
    return report;
  };
}

/** In processes of their own, which are ended at the deadline: a driver that hangs never holds up the window. */
function detectMachine(): Promise<MachineReport> {
  return probeMachine(startProbeProcess);
}

function startProbeProcess(groupName: string): ProbeProcess {
  const child = utilityProcess.fork(PROBE_SCRIPT, [groupName], {
    serviceName: `Fitment detection: ${groupName}`,
  });
  return {
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.on("exit", listener),
    kill: () => void child.kill(),
  };
}
