import { spawn } from "node:child_process";

/**
 * Runs a command to its end and collects what it prints; a command that cannot be started answers code 127, as in
 * a shell.
 *
 * @param {string} command
 * @param {readonly string[]} commandArguments
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>}
 */
export function runCommand(command, commandArguments, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    // With an encoding set, a letter whose bytes arrive in two pieces stays whole.
    child.stdout?.setEncoding("utf8").on("data", (chunk) => (stdout += String(chunk)));
    child.stderr?.setEncoding("utf8").on("data", (chunk) => (stderr += String(chunk)));
    child.on("error", (error) => resolve({ code: 127, stdout, stderr: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, stdout, stderr }));
  });
}

/**
 * Runs a command on this terminal and answers its exit code (1 where a signal ended it, 127 where it cannot be
 * started). Ctrl-C and a request to end are the child's to answer.
 *
 * @param {string} command
 * @param {readonly string[]} commandArguments
 * @param {import("node:child_process").SpawnOptions} [options]
 * @returns {Promise<number>}
 */
export function runVisibly(command, commandArguments, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, commandArguments, { stdio: "inherit", ...options });
    const stopPassing = passSignalsTo(child);
    const finish = (/** @type {number} */ code) => {
      stopPassing();
      resolve(code);
    };
    child.on("error", (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      finish(127);
    });
    child.on("close", (code) => finish(code ?? 1));
  });
}

/**
 * While the child runs, a request to end is passed to it, and Ctrl-C is left to it: the terminal sends that to both.
 *
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void} ends that
 */
export function passSignalsTo(child) {
  const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
  const waitForChild = () => undefined;
  process.on("SIGTERM", passOn).on("SIGINT", waitForChild);
  return () => process.off("SIGTERM", passOn).off("SIGINT", waitForChild);
}

/** True while a process of that number exists, also one of another person's. @param {number} processId */
export function isRunning(processId) {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
