import { spawn } from "node:child_process";
import process from "node:process";
import { failure } from "./failure.mjs";
import { PROJECT_FOLDER } from "./project.mjs";
import { passSignalsTo } from "./run-command.mjs";

/** What Chromium says before it gives up where the kernel refuses it both kinds of sandbox. */
const NO_SANDBOX_MESSAGE = /SUID sandbox helper binary|No usable sandbox/;

const NO_SANDBOX_SWITCH = "--no-sandbox";

/**
 * Starts the app and waits for its end. Where the system does not let Chromium build its sandbox (as root, or where
 * user namespaces are switched off), it starts without, and says so: the page is only ever our own.
 *
 * @param {string} executable
 * @param {readonly string[]} appArguments
 * @param {boolean} [isRoot]
 * @returns {Promise<number>} exit code
 */
export async function launchElectron(executable, appArguments, isRoot = process.getuid?.() === 0) {
  if (process.platform !== "linux") return (await launch(executable, appArguments, [])).code;
  const switches = linuxSwitches(isRoot);
  const { code, wasRefusedSandbox } = await launch(executable, appArguments, switches);
  if (code === 0 || !wasRefusedSandbox || switches.includes(NO_SANDBOX_SWITCH)) return code;
  console.error("This system does not allow Electron's sandbox; starting without it.");
  return (await launch(executable, appArguments, [...switches, NO_SANDBOX_SWITCH])).code;
}

/** @param {boolean} isRoot */
function linuxSwitches(isRoot) {
  const switches = [];
  if (isRoot) switches.push(NO_SANDBOX_SWITCH); // Chromium refuses to start as root with it
  if (!process.env.DISPLAY) switches.push("--ozone-platform=wayland"); // older Electrons look for X only
  if (!process.env.FITMENT_DEBUG) switches.push("--log-level=3"); // not Chromium's remarks on buses and GPUs
  return switches;
}

/**
 * @param {string} executable
 * @param {readonly string[]} appArguments
 * @param {readonly string[]} switches
 * @returns {Promise<{ code: number, wasRefusedSandbox: boolean }>}
 */
function launch(executable, appArguments, switches) {
  const { ELECTRON_RUN_AS_NODE: _ignored, ...env } = process.env; // some editors' terminals set it
  const child = spawn(executable, [...switches, PROJECT_FOLDER, ...appArguments], {
    env,
    stdio: ["inherit", "inherit", "pipe"],
  });
  let wasRefusedSandbox = false;
  child.stderr.on("data", (chunk) => {
    if (NO_SANDBOX_MESSAGE.test(String(chunk))) wasRefusedSandbox = true;
    else process.stderr.write(chunk);
  });
  const stopPassing = passSignalsTo(child);
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      stopPassing();
      reject(startFailure(executable, error));
    });
    child.on("close", (code, signal) => {
      stopPassing();
      resolve({ code: code ?? (signal === "SIGINT" ? 0 : 1), wasRefusedSandbox });
    });
  });
}

/** @param {string} executable @param {Error} error */
function startFailure(executable, error) {
  return failure(
    `Electron cannot be started: ${error.message}.`,
    `Is ${executable} made for this system? ELECTRON_OVERRIDE_DIST_PATH names another one's folder. The terminal tool needs none: npx fitment list`,
  );
}
