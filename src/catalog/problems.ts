import type { z } from "zod";
import type { CatalogProblem } from "#engine/catalog.ts";

type Issue = z.core.$ZodIssue;

/** What zod found, as lines for people: where in which file, and what was expected there. */
export function toProblems(
  file: string,
  at: readonly PropertyKey[],
  issues: readonly Issue[],
): readonly CatalogProblem[] {
  return issues
    .flatMap((issue) => innermost(issue))
    .map(({ path, message }) => ({
      file,
      path: pathText([...at, ...path]),
      message,
    }));
}

/** `models[3].architecture.value.hiddenSize`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === "number") return `${text}[${part}]`;
    return text === "" ? String(part) : `${text}.${String(part)}`;
  }, "");
}

interface Found {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** A fact is one of two shapes; only what is wrong with the shape that was meant is worth saying. */
function innermost(issue: Issue): readonly Found[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return inWords(issue);
  const meant = issue.errors.find((branch) => !branch.some(isForeignKey)) ?? issue.errors[0] ?? [];
  return meant.flatMap((inner) =>
    innermost(inner).map(({ path, message }) => ({ path: [...issue.path, ...path], message })),
  );
}

/** zod's words without their beginning; each key too many on its own, since each has a line to be found on. */
function inWords(issue: Issue): readonly Found[] {
  const { path, message } = issue;
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], message: "expected no such key here" }));
  const words = message.replace(/^Invalid \w+: /, "").replace(/received undefined$/, "and it is not there");
  return [{ path, message: words }];
}

function isForeignKey(issue: Issue): boolean {
  return issue.code === "unrecognized_keys" && issue.path.length === 0;
}
