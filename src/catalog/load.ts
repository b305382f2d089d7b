import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { Catalog, CatalogProblem } from "#engine/catalog.ts";
import { lineAt, lineOf } from "./line-of.ts";
import { loadRuntimes } from "./load-runtimes.ts";
import { loadSpeed } from "./load-speed.ts";
import { pathText } from "./problems.ts";
import { checkCardFile, checkModelFile, type CheckedEntry, type CheckedFile } from "./schema.ts";

/** A person's own folder need not be there; the shipped one must. */
export type MissingFolder = "is-a-problem" | "is-normal";

/** Reads a catalog folder. What is broken in it is left out and named in `problems`; nothing throws. */
export async function loadCatalog(
  folder: string,
  missingFolder: MissingFolder = "is-a-problem",
): Promise<Catalog> {
  const [models, cards, { runtimes, problems }, speed] = await Promise.all([
    loadEntries({ folder, part: "models", missingFolder }, checkModelFile),
    loadEntries({ folder, part: "hardware", missingFolder }, checkCardFile),
    loadRuntimes(folder),
    loadSpeed(folder),
  ]);
  return {
    models: models.entries,
    cards: cards.entries,
    runtimes,
    speed: speed.kind === "ok" ? speed.constants : null,
    problems: [
      ...models.problems,
      ...cards.problems,
      ...problems,
      ...(speed.kind === "failed" ? speed.problems : []),
    ],
  };
}

interface LoadedEntries<Entry> {
  readonly entries: readonly Entry[];
  readonly problems: readonly CatalogProblem[];
}

type CheckFile<Entry> = (file: string, json: unknown) => CheckedFile<Entry>;

interface CatalogPart {
  readonly folder: string;
  readonly part: string;
  readonly missingFolder: MissingFolder;
}

/** Every file of one folder, by file name. */
async function loadEntries<Entry extends { readonly id: string }>(
  { folder, part, missingFolder }: CatalogPart,
  checkFile: CheckFile<Entry>,
): Promise<LoadedEntries<Entry>> {
  const names = await listJsonFiles(path.join(folder, part), missingFolder);
  if (names.kind === "failed")
    return { entries: [], problems: [{ file: part, path: "", message: names.message }] };
  const files = await Promise.all(names.value.map((name) => loadFile(folder, `${part}/${name}`, checkFile)));
  const unique = withoutDuplicates(files.flatMap((file) => file.entries));
  return {
    entries: unique.entries,
    problems: [...files.flatMap((file) => file.problems), ...unique.problems],
  };
}

type ReadResult<Value> =
  { readonly kind: "ok"; readonly value: Value } | { readonly kind: "failed"; readonly message: string };

async function listJsonFiles(
  folder: string,
  missingFolder: MissingFolder,
): Promise<ReadResult<readonly string[]>> {
  try {
    const names = await readdir(folder);
    return { kind: "ok", value: names.filter((name) => name.endsWith(".json")).sort() };
  } catch (error) {
    if (missingFolder === "is-normal" && isMissing(error)) return { kind: "ok", value: [] };
    return { kind: "failed", message: `expected a folder that can be read: ${messageOf(error)}` };
  }
}

async function loadFile<Entry>(
  folder: string,
  file: string,
  checkFile: CheckFile<Entry>,
): Promise<CheckedFile<Entry>> {
  const content = await readText(path.join(folder, file));
  if (content.kind === "failed") {
    return { entries: [], problems: [{ file, path: "", message: content.message }] };
  }
  const json = parseJson(content.value);
  if (json.kind === "failed") {
    const line = lineOfParseError(content.value, json.message);
    return { entries: [], problems: [{ file, path: "", ...line, message: json.message }] };
  }
  const { entries, problems } = checkFile(file, json.value);
  return {
    entries,
    problems: problems.map((problem) => ({ ...problem, line: lineOf(content.value, problem.path) })),
  };
}

/** The parser says where it stopped, in words; nothing where it does not. */
function lineOfParseError(content: string, message: string): Pick<CatalogProblem, "line"> {
  const position = /at position (\d+)/.exec(message)?.[1];
  return position === undefined ? {} : { line: lineAt(content, Number(position)) };
}

async function readText(file: string): Promise<ReadResult<string>> {
  try {
    return { kind: "ok", value: await readFile(file, "utf8") };
  } catch (error) {
    return { kind: "failed", message: `expected a file that can be read: ${messageOf(error)}` };
  }
}

function parseJson(content: string): ReadResult<unknown> {
  try {
    return { kind: "ok", value: JSON.parse(content) as unknown }; // outside data; the schema checks it next
  } catch (error) {
    return { kind: "failed", message: `expected JSON: ${messageOf(error)}` };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The first entry of an id stays; each later one is a problem. */
function withoutDuplicates<Entry extends { readonly id: string }>(
  checked: readonly CheckedEntry<Entry>[],
): LoadedEntries<Entry> {
  const firstById = new Map<string, CheckedEntry<Entry>>();
  const problems: CatalogProblem[] = [];
  for (const candidate of checked) {
    const { id } = candidate.entry;
    const first = firstById.get(id);
    if (first === undefined) {
      firstById.set(id, candidate);
      continue;
    }
    const message = `expected an id of its own: "${id}" is already ${pathText(first.path)} of ${first.file}`;
    problems.push({ file: candidate.file, path: pathText([...candidate.path, "id"]), message });
  }
  return { entries: [...firstById.values()].map(({ entry }) => entry), problems };
}
