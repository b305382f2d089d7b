import process from "node:process";
import { pathToFileURL } from "node:url";
import { findElectron } from "./electron-runtime.mjs";
import { failure, runScript } from "./failure.mjs";
import { installCommand, missingLibraries, packagesFor } from "./linux-libraries.mjs";
import { runCommand, runVisibly } from "./run-command.mjs";

/** Programs that give the window tests a display where there is none. */
const DISPLAY_PROGRAMS = [
  { program: "Xvfb", package: "xvfb" },
  { program: "xvfb-run", package: "xvfb" },
  { program: "xauth", package: "xauth" },
];

/**
 * What the window tests need of a Linux system; tests replace the parts that reach outside.
 *
 * @typedef {object} System
 * @property {boolean} hasDisplay
 * @property {boolean} isRoot
 * @property {typeof runCommand} run
 * @property {() => Promise<number>} updateLists
 * @property {(packages: readonly string[]) => Promise<number>} install
 */

/** @returns {System} */
export function thisSystem() {
  return {
    hasDisplay: Boolean(process.env.DISPLAY),
    isRoot: process.getuid?.() === 0,
    run: runCommand,
    updateLists: updateAptLists,
    install: installWithApt,
  };
}

/**
 * Makes sure that a Linux system has a display server and Electron's libraries: installs what is missing as root,
 * and otherwise fails with the one command to run.
 *
 * @param {string} executable
 * @param {System} [system]
 */
export async function ensureLinuxPackages(executable, system = thisSystem()) {
  const libraries = await missingLibraries(executable, system.run);
  const programPackages = await missingProgramPackages(system);
  if (libraries.length + programPackages.length === 0) return;

  const hasApt = await hasProgram("apt-get", system.run);
  if (hasApt && system.isRoot) await system.updateLists(); // before asking which names it knows
  const { packages, withoutPackage } = await packagesFor(libraries, system.run);
  if (withoutPackage.length > 0) throw unknownLibrariesFailure(withoutPackage);
  const names = [...programPackages, ...packages];
  if (!hasApt) throw noAptFailure(names);
  await installOrExplain(names, system);
}

/** @param {readonly string[]} names @param {System} system */
async function installOrExplain(names, { isRoot, install }) {
  const command = installCommand(names);
  if (!isRoot) throw failure("The window tests need system packages that are missing.", `Run: ${command}`);
  if ((await install(names)) !== 0) {
    throw failure(
      `apt-get could not install ${names.join(" ")}; what it said is above.`,
      `Mend that, or run: ${command}`,
    );
  }
}

/** @param {System} system */
async function missingProgramPackages({ hasDisplay, run }) {
  if (hasDisplay) return [];
  const packages = new Set();
  for (const needed of DISPLAY_PROGRAMS) {
    if (!(await hasProgram(needed.program, run))) packages.add(needed.package);
  }
  return [...packages].map(String);
}

/** @param {string} program @param {typeof runCommand} run */
async function hasProgram(program, run) {
  const { code } = await run("sh", ["-c", 'command -v "$0"', program]);
  return code === 0;
}

/** Where updating fails, the lists on disk may still do; installing then says what is wrong. */
async function updateAptLists() {
  return await aptGet(["update", "-q"]);
}

/** @param {readonly string[]} packages */
async function installWithApt(packages) {
  console.error(`Installing ${packages.join(" ")} …`);
  return await aptGet(["install", "-y", "-q", "--no-install-recommends", ...packages]);
}

/** Its output goes to stderr: it is progress, not an answer. @param {readonly string[]} aptArguments */
async function aptGet(aptArguments) {
  return await runVisibly("apt-get", aptArguments, {
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    stdio: ["ignore", 2, 2],
  });
}

/** @param {readonly string[]} libraries */
function unknownLibrariesFailure(libraries) {
  return failure(
    `Electron needs libraries this system lacks: ${libraries.join(", ")}.`,
    "Install what provides them with your system's package manager, then try again.",
  );
}

/** @param {readonly string[]} packages */
function noAptFailure(packages) {
  return failure(
    `The window tests need what Debian calls ${packages.join(", ")} and this system has no apt-get.`,
    "Install the same with your system's package manager, then try again.",
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(async () => {
    await ensureLinuxPackages(await findElectron());
    return 0;
  });
}
