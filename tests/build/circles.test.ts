import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

const SOURCE = path.join(import.meta.dirname, "../../src");

test("no file imports itself by way of others", async () => {
  const imports = await readImports();
  expect(imports.size).toBeGreaterThan(500);
  expect(circlesIn(imports)).toEqual([]);
});

test("a circle is found, and named by its files", () => {
  const imports = new Map([
    ["a", ["b"]],
    ["b", ["c"]],
    ["c", ["b", "d"]],
    ["d", []],
  ]);
  expect(circlesIn(imports)).toEqual(["b → c → b"]);
});

type Imports = ReadonlyMap<string, readonly string[]>;

/** What each file imports of ours, types included: a reader goes the same way for both. */
async function readImports(): Promise<Imports> {
  const names = await readdir(SOURCE, { recursive: true });
  const sources = names.filter((name) => /\.(ts|svelte)$/.test(name)).map((name) => path.join(SOURCE, name));
  const entries = sources.map(async (file) => [file, importsOf(file, await readFile(file, "utf8"))] as const);
  return new Map(await Promise.all(entries));
}

function importsOf(file: string, text: string): readonly string[] {
  const specifiers = [...text.matchAll(/\b(?:from |import\()"([.#][^"]+)"/g)].map(([, name]) => name);
  return specifiers
    .filter((name) => name !== undefined)
    .map((name) => (name.startsWith("#") ? path.join(SOURCE, name.slice(1)) : path.join(file, "..", name)));
}

/** The first circle met from each file that is in one, each once. */
function circlesIn(imports: Imports): readonly string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    const start = way.indexOf(file);
    if (start >= 0) circles.push([...way.slice(start), file].map(nameOf).join(" → "));
    if (start >= 0 || done.has(file)) return;
    for (const next of imports.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of imports.keys()) visit(file, []);
  return circles;
}

function nameOf(file: string): string {
  return path.isAbsolute(file) ? path.relative(SOURCE, file) : file;
}
