import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { failure } from "./failure.mjs";
import { PROJECT_FOLDER } from "./project.mjs";

/** The window must not wait for its script: what index.html loads first stays below this, compressed. */
export const FIRST_SCRIPT_MAX_BYTES = 350_000;

const RENDERER = path.join(PROJECT_FOLDER, "out", "renderer");

/** Size of the first script with all it imports at once, as built and as gzip makes it. @param {string} [folder] */
export async function firstScriptBytes(folder = RENDERER) {
  const page = await readFile(path.join(folder, "index.html"), "utf8");
  const names = [...page.matchAll(/(?:src|href)="(?:\.?\/)?([^"]+\.js)"/g)].map((match) => match[1] ?? "");
  if (names.length === 0) throw failure("The built page loads no script.", "Run: npm run build");
  const scripts = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
  const content = Buffer.concat(scripts);
  return { plainBytes: content.length, compressedBytes: gzipSync(content, { level: 9 }).length };
}

/** What `npm run package` says of our own part of the package. @param {string} archive the packed app.asar */
export async function ownCodeLines(archive) {
  const script = await firstScriptBytes();
  const parts = await Promise.all(
    ["main", "preload", "renderer"].map(async (part) => {
      const sizeBytes = await codeBytes(path.join(PROJECT_FOLDER, "out", part));
      return `${part} ${kilobytes(sizeBytes)}`;
    }),
  );
  const catalogBytes = await codeBytes(path.join(PROJECT_FOLDER, "catalog"));
  return [
    `Own part: ${kilobytes((await stat(archive)).size)} in app.asar: ${parts.join(", ")}, catalog ${kilobytes(catalogBytes)}`,
    `First script of the window: ${kilobytes(script.plainBytes)}, compressed ${kilobytes(script.compressedBytes)} (limit ${kilobytes(FIRST_SCRIPT_MAX_BYTES)})`,
  ];
}

/** Without source maps, which are not packed. @param {string} folder */
async function codeBytes(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".map"));
  const sizes = await Promise.all(
    files.map(async (file) => (await stat(path.join(file.parentPath, file.name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** @param {number} bytes */
function kilobytes(bytes) {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
