import path from "node:path";
import { app, utilityProcess } from "electron";
import type { ProbeOutcome } from "#engine/machine.ts";
import { electronRun } from "#probe/electron.ts";
import { type Detection, DETECTION_DEADLINE_MS, detectMachine, type ProbeProcess } from "#probe/isolated.ts";
import { hostPlatform } from "#probe/local-host.ts";
import { probesFor } from "#probe/probe.ts";
import type { ProbeMessage } from "#probe/process.ts";
import type { ProbeProgress } from "#shared/ipc.ts";

const PROBE_SCRIPT = path.join(__dirname, "probe-process.cjs");

/**
 * Answers a function for a detection. One that is started now goes to who asks first, so that the window finds it under
 * way; who asks again gets the machine as it is then.
 */
export function startDetection(
  onProgress: (progress: ProbeProgress) => void,
  { isNow }: { readonly isNow: boolean },
): () => Promise<Detection> {
  let soFar: ProbeProgress | null = null;
  const hear = (progress: ProbeProgress): void => onProgress((soFar = progress));
  let started: Promise<Detection> | null = isNow ? detectHere(hear) : null;
  return () => {
    if (started !== null && soFar !== null) onProgress(soFar); // told before there was a page to hear it
    const detection = started ?? detectHere(hear);
    started = null;
    return detection;
  };
}

/** In processes of their own, which are ended at the deadline: a driver that hangs never holds up the window. */
function detectHere(onProgress: (progress: ProbeProgress) => void): Promise<Detection> {
  const answered: ProbeOutcome[] = [];
  const sourceCount = probesFor(hostPlatform(process.env)).length;
  const hear = (message: unknown): void => {
    const told = message as ProbeMessage; // from our own process.ts
    if (told.kind !== "run") return;
    answered.push(told.run.outcome);
    onProgress({ answered, sourceCount });
  };
  const start = (groupName: string): ProbeProcess => startProbeProcess(groupName, hear);
  return detectMachine(start, DETECTION_DEADLINE_MS, electronRun(app.getGPUInfo("basic")));
}

/** A process whose messages somebody else hears too. */
function startProbeProcess(groupName: string, hear: (message: unknown) => void): ProbeProcess {
  const child = startUtilityProcess(PROBE_SCRIPT, [groupName], `Fitment detection: ${groupName}`);
  child.onMessage(hear);
  return child;
}

/** A built script in a process that ends with this program at the latest. */
export function startUtilityProcess(
  scriptPath: string,
  words: readonly string[],
  serviceName: string,
): ProbeProcess {
  const child = utilityProcess.fork(scriptPath, [...words], { serviceName });
  const kill = (): void => void child.kill();
  app.once("will-quit", kill); // Electron's own way would leave it no time to end its tools
  child.once("exit", () => app.off("will-quit", kill));
  return {
    onMessage: (listener) => void child.on("message", listener),
    onExit: (listener) => void child.on("exit", listener),
    kill,
  };
}
