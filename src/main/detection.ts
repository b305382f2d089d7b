import path from "node:path";
import { app, utilityProcess } from "electron";
import { electronRun } from "#probe/electron.ts";
import { type Detection, DETECTION_DEADLINE_MS, detectMachine, type ProbeProcess } from "#probe/isolated.ts";

const PROBE_SCRIPT = path.join(__dirname, "probe-process.cjs");

/**
 * Starts a detection now and answers a function for it. Who asks first gets that one, so that the window finds it
 * under way; who asks again gets the machine as it is then.
 */
export function startDetection(): () => Promise<Detection> {
  let started: Promise<Detection> | null = detectHere();
  return () => {
    const detection = started ?? detectHere();
    started = null;
    return detection;
  };
}

/** In processes of their own, which are ended at the deadline: a driver that hangs never holds up the window. */
function detectHere(): Promise<Detection> {
  return detectMachine(startProbeProcess, DETECTION_DEADLINE_MS, electronRun(app.getGPUInfo("basic")));
}

function startProbeProcess(groupName: string): ProbeProcess {
  return startUtilityProcess(PROBE_SCRIPT, [groupName], `Fitment detection: ${groupName}`);
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
