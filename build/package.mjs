import { cp, mkdir, readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { buildIfStale } from "./build-if-stale.mjs";
import { FALLBACK_VERSION } from "./electron-fallback.mjs";
import { findElectron } from "./electron-runtime.mjs";
import { failure, notInstalledFailure, runScript } from "./failure.mjs";
import { differingFuses, FUSES, readFuses } from "./fuses.mjs";
import { ownCodeLines } from "./own-size.mjs";
import { PROJECT_FOLDER } from "./project.mjs";
import { writeLicences } from "./licences.mjs";

const DIST = path.join(PROJECT_FOLDER, "dist");
/** electron-builder's name for the folder of a Linux build. */
const UNPACKED = path.join(DIST, "linux-unpacked");
const CONFIG = path.join("build", "electron-builder.yml");

/** What is not part of an Electron release: the loader that lets a repacked one start a folder. */
const LOADER = path.join("resources", "app");

/**
 * `npm run package`: the unpacked app (and on Linux the tar.gz) from the Electron that is here, without a network.
 * `npm run package -- all` makes every package this system can; electron-builder fetches its tools for that.
 */
await runScript(async () => {
  await buildIfStale((line) => console.error(line));
  await writeLicences();
  if (process.argv[2] === "all") return await packageWith({});
  const runtime = await stageRuntime(await findElectron());
  try {
    await packageWith(runtime);
  } finally {
    await rm(runtime.electronDist, { recursive: true, force: true });
  }
  if (process.platform === "linux") await finishLinux();
  return 0;
});

/** @typedef {{ electronDist: string, electronVersion: string }} Runtime */

/**
 * A copy of the runtime without what this checkout's scripts put into it. Hard links would save the copy, and would
 * let the fuses be burnt into the original.
 *
 * @param {string} executable
 * @returns {Promise<Runtime>}
 */
async function stageRuntime(executable) {
  const folder =
    process.platform === "darwin" ? path.resolve(executable, "../../../..") : path.dirname(executable);
  const electronDist = path.join(DIST, "runtime");
  await rm(electronDist, { recursive: true, force: true });
  await mkdir(DIST, { recursive: true });
  const loader = path.join(folder, LOADER);
  await cp(folder, electronDist, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => file !== loader,
  });
  return { electronDist, electronVersion: await versionOf(folder) };
}

/** A release names its version in a file; the repacked one has none. @param {string} folder */
async function versionOf(folder) {
  const text = await readFile(path.join(folder, "version"), "utf8").catch(() => FALLBACK_VERSION);
  return text.trim().replace(/^v/, "");
}

/** @param {Partial<Runtime>} runtime */
async function packageWith(runtime) {
  const { build } = await loadBuilder();
  const isAll = runtime.electronDist === undefined;
  await build({
    projectDir: PROJECT_FOLDER,
    config: { extends: CONFIG, electronFuses: FUSES, ...runtime },
    ...(isAll ? {} : { dir: true }),
    publish: "never",
  });
  return 0;
}

/** Loaded when it is wanted: a checkout without its packages is told what to do. */
async function loadBuilder() {
  try {
    const { default: builder } = await import("electron-builder");
    return builder;
  } catch {
    throw notInstalledFailure("electron-builder");
  }
}

/** The archive, the fuses read back from what is in it, and how large our own part is. */
async function finishLinux() {
  const executable = path.join(UNPACKED, "fitment");
  const differing = differingFuses(await readFuses(executable));
  if (differing.length > 0) {
    throw failure(
      `The packed executable's fuses are not as set: ${differing.join(", ")}.`,
      "Do not ship it.",
    );
  }
  const archive = await packArchive();
  console.log(`Unpacked: ${path.relative(PROJECT_FOLDER, UNPACKED)} (${await megabytes(UNPACKED)})`);
  console.log(`Archive:  ${path.relative(PROJECT_FOLDER, archive)} (${await megabytes(archive)})`);
  for (const line of await ownCodeLines(path.join(UNPACKED, "resources", "app.asar"))) console.log(line);
}

/** electron-builder's own archiver is 7-Zip, which it downloads; the tar package is here already. */
async function packArchive() {
  const tar = await import("tar");
  const { version } = JSON.parse(await readFile(path.join(PROJECT_FOLDER, "package.json"), "utf8"));
  const name = `fitment-${version}-linux-${process.arch}`;
  const file = path.join(DIST, `${name}.tar.gz`);
  await tar.create({ file, cwd: UNPACKED, gzip: { level: 6 }, portable: true, prefix: name }, ["."]);
  return file;
}

/** @param {string} entry */
async function megabytes(entry) {
  return `${((await sizeBytes(entry)) / 1e6).toFixed(1)} MB`;
}

/** @param {string} entry @returns {Promise<number>} */
async function sizeBytes(entry) {
  const found = await stat(entry);
  if (!found.isDirectory()) return found.size;
  const sizes = await Promise.all((await readdir(entry)).map((name) => sizeBytes(path.join(entry, name))));
  return sizes.reduce((sum, size) => sum + size, 0);
}
