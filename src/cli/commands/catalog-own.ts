import path from "node:path";
import { exportOwn, importOwn, removeOwnModel } from "#catalog/own/own-entries.ts";
import type { Options } from "#cli/arguments.ts";
import { readText, writeText } from "#cli/files.ts";
import type { Surroundings } from "#cli/surroundings.ts";
import { problemLine } from "#cli/usable-catalog.ts";
import { AnswerError, UsageError } from "#cli/usage-error.ts";

/** `fitment catalog export FILE`, `import FILE` and `remove ID`: the person's own catalog. */
export async function changeOwn(
  what: "export" | "import" | "remove",
  operand: string | undefined,
  options: Options,
  surroundings: Surroundings,
): Promise<void> {
  const needed = what === "remove" ? "the id of an own model" : "a file";
  if (operand === undefined) throw new UsageError(`catalog ${what} takes ${needed}.`);
  if (what === "export") await exportTo(operand, options, surroundings);
  else if (what === "import") await importFrom(operand, options, surroundings);
  else await remove(operand, options, surroundings);
}

async function exportTo(file: string, options: Options, surroundings: Surroundings): Promise<void> {
  const { ownFolder, print, complain } = surroundings;
  const exported = await exportOwn(ownFolder);
  if (exported === null)
    throw new AnswerError(`Your own catalog is empty (${ownFolder}); there is nothing to export.`);
  const { content, fileCount, unreadable } = exported;
  for (const place of unreadable) complain(`Left out: ${path.join(ownFolder, place)} is not JSON.`);
  await writeText(file, content, surroundings);
  if (options.json === true) print(JSON.stringify({ schemaVersion: 1, file, fileCount, unreadable }));
  else print(`Wrote ${countText(fileCount)} to ${file}. Elsewhere: fitment catalog import ${file}`);
}

async function importFrom(file: string, options: Options, surroundings: Surroundings): Promise<void> {
  const { ownFolder, print, complain } = surroundings;
  const imported = await importOwn(ownFolder, await readText(file, surroundings));
  if (imported.kind === "failed") throw new AnswerError(`${file}: ${imported.message}`);
  const { added, replaced, problems } = imported;
  if (options.json === true) print(JSON.stringify({ schemaVersion: 1, added, replaced, problems }, null, 2));
  else {
    for (const problem of problems) complain(`Left out: ${problemLine(problem).replace(/^catalog\//, "")}`);
    print(`Added ${countText(added.length)}, replaced ${countText(replaced.length)} in ${ownFolder}.`);
  }
  if (added.length + replaced.length === 0) throw new AnswerError(`Nothing in ${file} could be taken.`);
}

async function remove(id: string, options: Options, { ownFolder, print }: Surroundings): Promise<void> {
  const removed = await removeOwnModel(ownFolder, id);
  if (removed.kind === "failed") throw new AnswerError(removed.message);
  if (options.json === true) print(JSON.stringify({ schemaVersion: 1, file: removed.file }));
  else print(`Removed ${id} (${removed.file}).`);
}

function countText(count: number): string {
  return count === 1 ? "one file" : `${count} files`;
}
