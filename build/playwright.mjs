import process from "node:process";
import { findElectron } from "./electron-runtime.mjs";
import { ensureLinuxPackages } from "./linux-packages.mjs";
import { packageScript, PROJECT_FOLDER } from "./project.mjs";
import { runVisibly } from "./run-command.mjs";

const PLAYWRIGHT = [
  packageScript("@playwright/test/cli.js"),
  "test",
  "--config",
  "tests/playwright.config.ts",
];
/** As large as the largest window that is looked at. */
const VIRTUAL_DISPLAY = ["xvfb-run", "--auto-servernum", "--server-args=-screen 0 3840x2160x24"];

/**
 * Runs window tests in a real Electron, on a display of their own where there is none. What a Linux system lacks for
 * that is installed or named first.
 *
 * @param {readonly string[]} words
 * @param {Readonly<Record<string, string>>} [environment]
 * @returns {Promise<number>} exit code
 */
export async function runPlaywright(words, environment = {}) {
  if (process.platform === "linux") await ensureLinuxPackages(await findElectron());
  const needsDisplay = process.platform === "linux" && !process.env.DISPLAY;
  const [command = "", ...rest] = [...(needsDisplay ? VIRTUAL_DISPLAY : []), process.execPath, ...PLAYWRIGHT];
  const env = { ...process.env, ...environment };
  return await runVisibly(command, [...rest, ...words], { cwd: PROJECT_FOLDER, env });
}
