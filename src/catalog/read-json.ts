import { readdir } from "node:fs/promises";
import path from "node:path";
import type { CatalogProblem } from "#engine/catalog.ts";
import { readFailureText } from "./file-failure.ts";
import { jsonFault } from "./json-fault.ts";
import { lineOf } from "./line-of.ts";
import { readCatalogText } from "./read-text.ts";

/** A person's own folder need not be there; the shipped one must. */
export type MissingFolder = "is-a-problem" | "is-normal";

/** One part of a catalog folder: `models` of the folder that ships. */
export interface CatalogPart {
  readonly folder: string;
  readonly part: string;
  readonly missingFolder: MissingFolder;
}

/** What a checker makes of one parsed file. */
export interface Checked {
  readonly problems: readonly CatalogProblem[];
}

/** Files of one part that were checked, and what kept the others from it. */
export interface CheckedPart<Result> {
  readonly files: readonly Result[];
  readonly problems: readonly CatalogProblem[];
}

/** Every `.json` file of one part, by name, through its checker. What cannot be read is named; nothing throws. */
export async function readPart<Result extends Checked>(
  { folder, part, missingFolder }: CatalogPart,
  checkFile: (file: string, json: unknown) => Result,
): Promise<CheckedPart<Result>> {
  const names = await listJsonFiles(path.join(folder, part), missingFolder);
  if (names.kind === "failed")
    return { files: [], problems: [{ file: part, path: "", message: names.message }] };
  const read = await Promise.all(names.value.map((name) => readFileOf(folder, `${part}/${name}`, checkFile)));
  return {
    files: read.flatMap((file) => (file.kind === "ok" ? [file.value] : [])),
    problems: read.flatMap((file) => (file.kind === "failed" ? [file.problem] : file.value.problems)),
  };
}

type ReadResult<Value> =
  { readonly kind: "ok"; readonly value: Value } | { readonly kind: "failed"; readonly message: string };

type FileResult<Result> =
  | { readonly kind: "ok"; readonly value: Result }
  | { readonly kind: "failed"; readonly problem: CatalogProblem };

async function listJsonFiles(
  folder: string,
  missingFolder: MissingFolder,
): Promise<ReadResult<readonly string[]>> {
  try {
    const names = await readdir(folder);
    return { kind: "ok", value: names.filter((name) => name.endsWith(".json")).sort() };
  } catch (error) {
    if (missingFolder === "is-normal" && isMissing(error)) return { kind: "ok", value: [] };
    return { kind: "failed", message: `expected a folder that can be read: ${folderFailure(error)}` };
  }
}

/** Reads, parses and checks one file; the checker's problems get the line they are on. */
async function readFileOf<Result extends Checked>(
  folder: string,
  file: string,
  checkFile: (file: string, json: unknown) => Result,
): Promise<FileResult<Result>> {
  const json = await readJsonFile(folder, file);
  if (json.kind === "failed") return json;
  const checked = checkFile(file, json.value);
  return { kind: "ok", value: { ...checked, problems: withLines(checked.problems, json.text) } };
}

export type JsonFile =
  | { readonly kind: "ok"; readonly value: unknown; readonly text: string }
  | { readonly kind: "failed"; readonly problem: CatalogProblem };

/** One JSON file of a catalog folder, parsed; else what is wrong with it, and on which line. */
export async function readJsonFile(folder: string, file: string): Promise<JsonFile> {
  const content = await readCatalogText(path.join(folder, file));
  if (content.kind === "failed")
    return { kind: "failed", problem: { file, path: "", message: content.message } };
  const { text } = content;
  try {
    return { kind: "ok", value: JSON.parse(text) as unknown, text }; // outside data; a schema checks it next
  } catch (error) {
    const { line, message } = jsonFault(text) ?? { line: 1, message: messageOf(error) };
    return { kind: "failed", problem: { file, path: "", line, message: `expected JSON: ${message}` } };
  }
}

/** More of one file helps nobody. */
const PROBLEMS_MAX = 100;

/** The problems with their lines; of very many only the first, and how many more there are. */
export function withLines(problems: readonly CatalogProblem[], text: string): readonly CatalogProblem[] {
  const named = problems
    .slice(0, PROBLEMS_MAX)
    .map((problem) => ({ ...problem, line: lineOf(text, problem.path) }));
  const [first] = problems;
  const more = problems.length - named.length;
  if (first === undefined || more === 0) return named;
  return [...named, { file: first.file, path: "", message: `${more.toLocaleString("en-US")} more problems` }];
}

/** The same words as for a file, but where they would call it one. */
function folderFailure(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  if (code === "ENOTDIR") return "it is a file";
  return code === "ENOENT" ? "it is not there" : readFailureText(error);
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
