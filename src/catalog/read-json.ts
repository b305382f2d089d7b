import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { CatalogProblem } from "#engine/catalog.ts";
import { lineAt, lineOf } from "./line-of.ts";

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
    return { kind: "failed", message: `expected a folder that can be read: ${messageOf(error)}` };
  }
}

/** Reads, parses and checks one file; the checker's problems get the line they are on. */
async function readFileOf<Result extends Checked>(
  folder: string,
  file: string,
  checkFile: (file: string, json: unknown) => Result,
): Promise<FileResult<Result>> {
  const content = await readText(path.join(folder, file));
  if (content.kind === "failed")
    return { kind: "failed", problem: { file, path: "", message: content.message } };
  const json = parseJson(content.value);
  if (json.kind === "failed") {
    const line = lineOfParseError(content.value, json.message);
    return { kind: "failed", problem: { file, path: "", ...line, message: json.message } };
  }
  const checked = checkFile(file, json.value);
  const problems = checked.problems.map((problem) => ({
    ...problem,
    line: lineOf(content.value, problem.path),
  }));
  return { kind: "ok", value: { ...checked, problems } };
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
