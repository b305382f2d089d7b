import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { electronVersion } from "./electron-download.mjs";
import { messageOf } from "./failure.mjs";

/** How long a failed download is not tried again, so that a closed network does not slow down each start. */
const FORGET_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * True where this version's download failed less than a day ago. FITMENT_RETRY_DOWNLOAD, when set, tries at once.
 *
 * @param {Pick<import("./electron-runtime.mjs").Surroundings, "cacheFolder" | "environment">} surroundings
 */
export function failedRecently({ cacheFolder, environment }) {
  if (environment.FITMENT_RETRY_DOWNLOAD) return false;
  const failed = readMemory(cacheFolder);
  if (failed === null || failed.version !== electronVersion()) return false;
  return Math.abs(Date.now() - failed.atMs) < FORGET_AFTER_MS;
}

/**
 * Saves time only, so that a full or read-only disk is no reason to fail here.
 *
 * @param {Pick<import("./electron-runtime.mjs").Surroundings, "cacheFolder" | "say">} surroundings
 */
export function rememberFailedDownload({ cacheFolder, say }) {
  const failed = { version: electronVersion(), atMs: Date.now() };
  try {
    mkdirSync(cacheFolder, { recursive: true });
    writeFileSync(memoryFile(cacheFolder), JSON.stringify(failed));
    say("The current Electron is tried again in a day; at once with FITMENT_RETRY_DOWNLOAD=1.");
  } catch (error) {
    say(`That is not remembered for the next start (${messageOf(error)}).`);
  }
}

/**
 * @param {string} cacheFolder
 * @returns {{ version: string, atMs: number } | null} null where nothing (readable) is remembered
 */
function readMemory(cacheFolder) {
  try {
    return JSON.parse(readFileSync(memoryFile(cacheFolder), "utf8"));
  } catch {
    return null;
  }
}

/** @param {string} cacheFolder */
function memoryFile(cacheFolder) {
  return path.join(cacheFolder, "failed-download.json");
}
