import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { PROJECT_FOLDER } from "./project.mjs";

/** Made with every build, beside what it is about. */
export const LICENCES_FILE = path.join(PROJECT_FOLDER, "out", "licences.txt");

/** Texts that may go into a product under our own licence when they are passed on with it. */
export const WELCOME = new Set(["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD"]);

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

/** What a package says of itself: the text where it has one, else its licence's name alone. @param {string} name */
async function packageLicence(name) {
  const folder = path.join(PROJECT_FOLDER, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => LICENCE_FILE.test(entry));
  const text = file === undefined ? "" : (await readFile(path.join(folder, file), "utf8")).trim();
  const licence = license ?? (/^(The )?MIT License/i.test(text) ? "MIT" : "unknown");
  const shown = text === "" ? "(The package comes without the text.)" : text.replaceAll("\r\n", "\n");
  return `== ${name} ${version}, ${licence}\n\n${shown}\n`;
}
