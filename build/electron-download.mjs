import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { notInstalledFailure } from "./failure.mjs";

const LOOK_EVERY_MS = 1000;
const GIVE_UP_WITHOUT_PROGRESS_MS = 60_000;

/** How the line starts in which Node names an error: `TypeError: `, or `Error [ERR_SOMETHING]: `. */
const ERROR_KIND = /^\w*Error(?: \[\w+\])?: /;

const require = createRequire(import.meta.url);

function packageFolder() {
  try {
    return path.dirname(require.resolve("electron/package.json"));
  } catch {
    throw notInstalledFailure("electron");
  }
}

/** The version that package.json asks for. @returns {string} */
export function electronVersion() {
  return JSON.parse(readFileSync(path.join(packageFolder(), "package.json"), "utf8")).version;
}

/**
 * The binary that the `electron` package has downloaded; null where it has not, or not to the end (it writes
 * `path.txt` last).
 *
 * @returns {string | null}
 */
export function downloadedElectron() {
  const pathFile = path.join(packageFolder(), "path.txt");
  if (!existsSync(pathFile)) return null;
  const executable = path.join(packageFolder(), "dist", readFileSync(pathFile, "utf8"));
  return existsSync(executable) ? executable : null;
}

/**
 * Runs the `electron` package's own download, and ends it when nothing arrives for a while: a host that is
 * filtered rather than refused would hold it for many minutes.
 *
 * @param {{ script?: string, giveUpMs?: number }} [options]
 * @returns {Promise<{ problem: string | null }>}
 */
export async function downloadElectron(options = {}) {
  const { script = path.join(packageFolder(), "install.js"), giveUpMs = GIVE_UP_WITHOUT_PROGRESS_MS } =
    options;
  const temporaryFolder = mkdtempSync(path.join(tmpdir(), "fitment-electron-"));
  const folders = [temporaryFolder, path.join(packageFolder(), "dist")];
  try {
    return await runUntilStalled(script, { temporaryFolder, folders, giveUpMs });
  } finally {
    rmSync(temporaryFolder, { recursive: true, force: true });
  }
}

/**
 * @param {string} script
 * @param {{ temporaryFolder: string, folders: readonly string[], giveUpMs: number }} options
 * @returns {Promise<{ problem: string | null }>}
 */
function runUntilStalled(script, { temporaryFolder, folders, giveUpMs }) {
  const child = spawn(process.execPath, [script], {
    env: downloadEnvironment(temporaryFolder),
    stdio: ["ignore", "ignore", "pipe"],
  });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (chunk) => (complaint += String(chunk)));
  const watch = watchProgress(folders, giveUpMs, () => child.kill("SIGKILL"));
  return new Promise((resolve) => {
    const finish = (/** @type {string | null} */ problem) => {
      clearInterval(watch.timer);
      resolve({ problem });
    };
    child.on("error", (error) => finish(error.message));
    child.on("close", (code) => {
      if (watch.hasStalled()) finish(`nothing arrived for ${giveUpMs / 1000} s`);
      else finish(code === 0 ? null : complaintLine(complaint));
    });
  });
}

/** The download is kept where its growth can be seen, and uses a proxy where one is set. @param {string} folder */
function downloadEnvironment(folder) {
  const { ELECTRON_GET_USE_PROXY = "true" } = process.env;
  return { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder, ELECTRON_GET_USE_PROXY };
}

/**
 * @param {readonly string[]} folders
 * @param {number} giveUpMs
 * @param {() => void} onStalled
 */
function watchProgress(folders, giveUpMs, onStalled) {
  let lastBytes = -1;
  let lastChangeMs = Date.now();
  let isStalled = false;
  const look = async () => {
    const bytes = await totalBytes(folders);
    if (bytes !== lastBytes) [lastBytes, lastChangeMs] = [bytes, Date.now()];
    else if (Date.now() - lastChangeMs >= giveUpMs) {
      isStalled = true;
      onStalled();
    }
  };
  const timer = setInterval(() => void look(), Math.min(LOOK_EVERY_MS, giveUpMs));
  return { timer, hasStalled: () => isStalled };
}

/** Bytes in all files below; a file that goes away meanwhile counts nothing. @param {readonly string[]} folders */
async function totalBytes(folders) {
  let bytes = 0;
  for (const folder of folders) {
    const names = await readdir(folder, { recursive: true }).catch(() => []);
    for (const name of names) {
      const entry = await stat(path.join(folder, name)).catch(() => null);
      if (entry?.isFile()) bytes += entry.size;
    }
  }
  return bytes;
}

/**
 * The line that names the error: not always the first, since Node prints its own warnings, and the place an error
 * was thrown at, before it.
 *
 * @param {string} text
 */
function complaintLine(text) {
  const lines = text.trim().split("\n");
  const named = lines.find((line) => ERROR_KIND.test(line)) ?? lines[0] ?? "";
  return named.replace(ERROR_KIND, "").trim() || "no reason given";
}
