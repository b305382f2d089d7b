import { failure } from "./failure.mjs";
import { runCommand } from "./run-command.mjs";

/**
 * Debian's and Ubuntu's packages of the libraries Electron is linked to. Where the 64-bit time change renamed a
 * package (Debian 13, Ubuntu 24.04), the new name comes first.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const PACKAGES = {
  "libX11.so.6": ["libx11-6"],
  "libXcomposite.so.1": ["libxcomposite1"],
  "libXdamage.so.1": ["libxdamage1"],
  "libXext.so.6": ["libxext6"],
  "libXfixes.so.3": ["libxfixes3"],
  "libXrandr.so.2": ["libxrandr2"],
  "libasound.so.2": ["libasound2t64", "libasound2"],
  "libatk-1.0.so.0": ["libatk1.0-0t64", "libatk1.0-0"],
  "libatk-bridge-2.0.so.0": ["libatk-bridge2.0-0t64", "libatk-bridge2.0-0"],
  "libatspi.so.0": ["libatspi2.0-0t64", "libatspi2.0-0"],
  "libcairo.so.2": ["libcairo2"],
  "libcups.so.2": ["libcups2t64", "libcups2"],
  "libdbus-1.so.3": ["libdbus-1-3"],
  "libdrm.so.2": ["libdrm2"],
  "libexpat.so.1": ["libexpat1"],
  "libgbm.so.1": ["libgbm1"],
  "libgdk-3.so.0": ["libgtk-3-0t64", "libgtk-3-0"],
  "libgio-2.0.so.0": ["libglib2.0-0t64", "libglib2.0-0"],
  "libglib-2.0.so.0": ["libglib2.0-0t64", "libglib2.0-0"],
  "libgobject-2.0.so.0": ["libglib2.0-0t64", "libglib2.0-0"],
  "libgtk-3.so.0": ["libgtk-3-0t64", "libgtk-3-0"],
  "libnspr4.so": ["libnspr4"],
  "libnss3.so": ["libnss3"],
  "libnssutil3.so": ["libnss3"],
  "libpango-1.0.so.0": ["libpango-1.0-0"],
  "libsmime3.so": ["libnss3"],
  "libudev.so.1": ["libudev1"],
  "libxcb.so.1": ["libxcb1"],
  "libxkbcommon.so.0": ["libxkbcommon0"],
};

/**
 * The shared libraries an executable needs and this system lacks, as `ldd` lists them; none where there is no
 * `ldd` to ask.
 *
 * @param {string} executable
 * @param {typeof runCommand} [run]
 */
export async function missingLibraries(executable, run = runCommand) {
  const { stdout } = await run("ldd", [executable]);
  const missing = [...stdout.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1] ?? "");
  return [...new Set(missing)];
}

/**
 * The packages to install for these libraries, under the names this system's package lists know.
 *
 * @param {readonly string[]} libraries
 * @param {typeof runCommand} [run]
 * @returns {Promise<{ packages: readonly string[], withoutPackage: readonly string[] }>}
 */
export async function packagesFor(libraries, run = runCommand) {
  const packages = new Set();
  const withoutPackage = [];
  for (const library of libraries) {
    const candidates = PACKAGES[library];
    if (candidates) packages.add(await installableName(candidates, run));
    else withoutPackage.push(library);
  }
  return { packages: [...packages].sort(), withoutPackage };
}

/**
 * The first name that apt knows. Where it knows none, its lists were never fetched, as on a fresh system: then what
 * is installed tells whether this system has the renamed packages.
 *
 * @param {readonly string[]} candidates
 * @param {typeof runCommand} run
 * @returns {Promise<string>}
 */
async function installableName(candidates, run) {
  const [renamed = "", original = renamed] = candidates;
  if (renamed === original || (await aptKnows(renamed, run))) return renamed;
  if (await aptKnows(original, run)) return original;
  return (await hasRenamedPackages(run)) ? renamed : original;
}

/** Asked in plain English, since apt translates the word that is looked for. */
const IN_ENGLISH = { env: { ...process.env, LC_ALL: "C" } };

/** @param {string} name @param {typeof runCommand} run */
async function aptKnows(name, run) {
  const { stdout } = await run("apt-cache", ["policy", name], IN_ENGLISH);
  return /^\s*Candidate: (?!\(none\))/m.test(stdout);
}

/** @param {typeof runCommand} run */
async function hasRenamedPackages(run) {
  const { stdout } = await run("dpkg-query", ["-W", "-f", "${db:Status-Abbrev} ${Package}\n", "*t64"]);
  return /^ii /m.test(stdout);
}

/**
 * The one command that installs these packages, also where apt's lists were never fetched.
 *
 * @param {readonly string[]} packages
 */
export function installCommand(packages) {
  return `sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(" ")}`;
}

/**
 * @param {readonly string[]} libraries
 * @param {typeof runCommand} [run]
 */
export async function missingLibrariesFailure(libraries, run = runCommand) {
  const { packages, withoutPackage } = await packagesFor(libraries, run);
  const wanted = withoutPackage.length > 0 ? withoutPackage.join(", ") : "them";
  const remedy = `Install what provides ${wanted} with your system's package manager, then try again.`;
  return failure(
    `Electron needs libraries this system lacks: ${libraries.join(", ")}.`,
    packages.length > 0 ? `${remedy} On Debian or Ubuntu: ${installCommand(packages)}` : remedy,
  );
}
