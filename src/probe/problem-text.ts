import type { z } from "zod";

type Issue = z.core.$ZodIssue;

const KIND_TEXTS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "named fields in braces",
};
const MOST_SHOWN = 40;

/**
 * What is wrong with outside data, in words for who wrote it: which field, what it takes, what it has. `whole` names the
 * data itself. The schema must have been asked with `reportInput`, else every value seems to be missing.
 */
export function problemText({ issues }: z.ZodError, whole: string): string {
  const [issue] = issues;
  if (issue === undefined) return `${whole} is not understood`;
  const path = issue.path.map(String).join(".");
  const name = path === "" ? whole : path;
  if (issue.code === "custom") return `${name}: ${issue.message}`;
  if (issue.input === undefined) return `${name}: missing; expected ${expectedText(issue)}`;
  return `${name}: expected ${expectedText(issue)}, not ${shown(issue.input)}`;
}

function expectedText(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return KIND_TEXTS[issue.expected] ?? issue.expected;
    case "invalid_value":
      return issue.values.length === 1
        ? String(issue.values[0])
        : `one of ${issue.values.map(String).join(", ")}`;
    case "invalid_union":
      return issue.errors.flatMap((branch) => branch.slice(0, 1).map(branchText)).join(" or ");
    case "too_small":
      return smallestText(issue.origin, Number(issue.minimum), issue.inclusive !== false);
    case "too_big":
      return `at most ${Number(issue.maximum).toLocaleString("en-US")}`;
    case "custom":
    case "invalid_element":
    case "invalid_format":
    case "invalid_key":
    case "not_multiple_of":
    case "unrecognized_keys":
      return `something else (${issue.message})`;
  }
}

/** Inside a list it is an entry that is wrong. */
function branchText(issue: Issue): string {
  const text = expectedText(issue);
  return issue.path.length === 0 ? text : `a list in which each is ${text}`;
}

function smallestText(origin: string, minimum: number, isInclusive: boolean): string {
  if (origin === "string") return "a text that is not empty";
  const least = minimum.toLocaleString("en-US");
  return isInclusive ? `at least ${least}` : `more than ${least}`;
}

/** The value as it was written; a list or an object by its kind. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "named fields";
  const text = JSON.stringify(value);
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)}…`;
}
