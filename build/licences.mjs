import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { buildIfStale } from "./build-if-stale.mjs";
import { failure, runScript } from "./failure.mjs";
import { PROJECT_FOLDER } from "./project.mjs";

export const LICENCES_FILE = path.join(PROJECT_FOLDER, "resources", "licences.txt");

/** Texts that may go into a product under our own licence when they are passed on with it. */
const WELCOME = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"]);

const LICENCE_FILE = /^(licen[cs]e|copying)(\.|$)/i;

/**
 * The packages whose code is in the built files, as the source maps tell: not what package.json asks for, but what
 * ships.
 *
 * @param {string} [folder]
 */
export async function shippedPackages(folder = path.join(PROJECT_FOLDER, "out")) {
  const names = new Set();
  for (const entry of await readdir(folder, { recursive: true })) {
    if (!entry.endsWith(".map")) continue;
    const { sources } = JSON.parse(await readFile(path.join(folder, entry), "utf8"));
    for (const source of sources) {
      const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(source)?.[1];
      if (name !== undefined) names.add(name);
    }
  }
  return [...names].map(String).sort();
}

/** Writes every shipped package's licence into one file. */
export async function writeLicences() {
  await writeFile(LICENCES_FILE, await licencesText());
}

/** One head line a package, "name version, licence", then its text; the app's About shows the head lines. */
export async function licencesText() {
  const parts = await Promise.all((await shippedPackages()).map(packageLicence));
  return [
    "Fitment holds code of these packages. Electron and Chromium have files of their own beside the program.\n",
    ...parts,
  ].join("\n");
}

/** @param {string} name */
async function packageLicence(name) {
  const folder = path.join(PROJECT_FOLDER, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  if (!WELCOME.has(license)) {
    throw failure(
      `${name} is under "${license}".`,
      "Look whether it may be shipped, and add it to the list in build/licences.mjs.",
    );
  }
  const file = (await readdir(folder)).find((entry) => LICENCE_FILE.test(entry));
  if (file === undefined)
    throw failure(`${name} comes without its licence's text.`, "It must not be shipped so.");
  const text = (await readFile(path.join(folder, file), "utf8")).replaceAll("\r\n", "\n").trim();
  return `== ${name} ${version}, ${license}\n\n${text}\n`;
}

/** `npm run licences` */
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await runScript(async () => {
    await buildIfStale((line) => console.error(line));
    await writeLicences();
    console.log((await shippedPackages()).join("\n"));
    return 0;
  });
}
