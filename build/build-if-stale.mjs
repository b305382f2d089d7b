import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { failure, messageOf, notInstalledFailure } from "./failure.mjs";
import { packageScript, PROJECT_FOLDER } from "./project.mjs";
import { isRunning, runCommand } from "./run-command.mjs";

/** What a build reads, and the last file that each of its three parts writes. */
const SOURCES = ["src", "electron.vite.config.ts", "package.json", "package-lock.json"];
const RESULTS = [
  "out/main/index.cjs",
  "out/main/probe-process.cjs",
  "out/main/cli.cjs",
  "out/preload/index.cjs",
  "out/renderer/index.html",
];

/** Makes of the catalog what a start reads; where it does not, a start reads the catalog itself. */
const CHECK_CATALOG_FILE = path.join(PROJECT_FOLDER, "out", "main", "check-catalog.cjs");

/** Holds the number of the process that builds. */
const LOCK_FILE = path.join(PROJECT_FOLDER, "node_modules", ".cache", "fitment-build.lock");
const LOCK_IS_ABANDONED_AFTER_MS = 120_000;
const LOOK_AGAIN_AFTER_MS = 200;

/**
 * Builds the app where the last build is older than what it was made from. Quiet unless it fails. An installed
 * package has no sources and is never stale.
 *
 * @param {(line: string) => void} [say]
 */
export async function buildIfStale(say = () => undefined) {
  if (!(await isStale())) return;
  await withBuildLock(async () => {
    if (!(await isStale())) return; // another process built it meanwhile
    checkNodeVersion();
    say("Building Fitment …");
    await build();
  });
}

/** @param {string} [folder] */
export async function isStale(folder = PROJECT_FOLDER) {
  if (!existsSync(path.join(folder, "src"))) return false;
  const builtMs = await Promise.all(RESULTS.map((name) => modifiedMs(path.join(folder, name))));
  const changedMs = await Promise.all(SOURCES.map((name) => newestMs(path.join(folder, name))));
  return Math.max(...changedMs) > Math.min(...builtMs);
}

/** Folders count too: their time changes when a file in them is removed. @param {string} entry */
async function newestMs(entry) {
  const names = await readdir(entry, { recursive: true }).catch(() => []); // a plain file
  const times = await Promise.all(names.map((name) => modifiedMs(path.join(entry, name))));
  return Math.max(await modifiedMs(entry), ...times);
}

/** @param {string} entry */
async function modifiedMs(entry) {
  const found = await stat(entry).catch(() => null);
  return found?.mtimeMs ?? 0; // not there: older than everything
}

async function build() {
  const script = packageScript("electron-vite/bin/electron-vite.js");
  if (!existsSync(script)) throw notInstalledFailure("electron-vite");
  const result = await runCommand(process.execPath, [script, "build", "--logLevel", "error"], {
    cwd: PROJECT_FOLDER,
  });
  if (result.code === 0) {
    await runCommand(process.execPath, [CHECK_CATALOG_FILE], { cwd: PROJECT_FOLDER });
    const { writeLicences } = await import("./licences.mjs"); // the npm package has neither sources nor this
    return await writeLicences();
  }
  const said = `${result.stdout}${result.stderr}`.replace(/^ {4}at .*\n?/gm, ""); // not the builder's own stack
  throw failure(said.trim(), "The build failed; mend what is above and try again.");
}

function checkNodeVersion() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw failure(
    `Fitment needs Node.js 20.19 or newer; this is ${process.versions.node}.`,
    "Install a newer Node.js, run `npm ci` again, then this.",
  );
}

/**
 * One build at a time: a second process waits, since a build empties the folder it writes to.
 *
 * @param {() => Promise<void>} work
 * @param {string} [lockFile]
 */
export async function withBuildLock(work, lockFile = LOCK_FILE) {
  await mkdir(path.dirname(lockFile), { recursive: true }).catch(refuseLock);
  while (!(await tookLock(lockFile))) await sleep(LOOK_AGAIN_AFTER_MS);
  try {
    await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

/** @param {string} lockFile */
async function tookLock(lockFile) {
  try {
    await writeFile(lockFile, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) refuseLock(error);
    if (await isAbandoned(lockFile)) await rm(lockFile, { force: true });
    return false;
  }
}

/** Its process was killed, or its number is another one's by now. @param {string} lockFile */
async function isAbandoned(lockFile) {
  const ageMs = Date.now() - (await modifiedMs(lockFile));
  if (ageMs > LOCK_IS_ABANDONED_AFTER_MS) return true;
  const holder = await readFile(lockFile, "utf8").catch(() => ""); // given back meanwhile
  return holder !== "" && !isRunning(Number(holder));
}

/** @param {unknown} error @returns {never} */
function refuseLock(error) {
  throw failure(
    `Fitment must be built, and its folder cannot be written to (${messageOf(error)}).`,
    "Run this as somebody who may write there, or work on a copy of your own.",
  );
}
