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

/** A fact is one of two shapes; only what is wrong with the shape that was meant is worth saying. */
function innermost(issue: Issue): readonly Pick<Issue, "path" | "message">[] {
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const meant = issue.errors.find((branch) => !branch.some(isForeignKey)) ?? issue.errors[0] ?? [];
  return meant.flatMap((inner) =>
    innermost(inner).map(({ path, message }) => ({ path: [...issue.path, ...path], message })),
  );
}

function isForeignKey(issue: Issue): boolean {
  return issue.code === "unrecognized_keys" && issue.path.length === 0;
}
