import { say } from "#words/say.ts";
import { formOf, type KnownForm } from "#shared/known-form.ts";
import { toldAmong } from "./told-parts.ts";

/** What a value of an opened file should be, or is. */
const KINDS: readonly KnownForm[] = [
  formOf("a text"),
  formOf("a text that is not empty"),
  formOf("a number"),
  formOf("a whole number"),
  formOf("a number of bytes"),
  formOf("a day and a time"),
  formOf("true or false"),
  formOf("a list"),
  formOf("a list, one entry a layer"),
  formOf("named fields in braces"),
  formOf("named fields"),
  formOf("an object"),
  formOf("a known word"),
  formOf("a measured rate"),
  formOf("at least {least}"),
  formOf("more than {least}"),
  formOf("at most {most}"),
  formOf("one of {values}"),
];

export function kindText(kind: string): string {
  return toldAmong(kind, KINDS);
}

const KIND_WORDS = KINDS.map(({ pattern }) => pattern.source.slice(1, -1)).join("|");

/** What is wrong inside of a saved machine or report; of other files, that name their own keys, it stays English. */
export const FAULTS: readonly KnownForm[] = [
  ...KINDS,
  formOf("the whole file"),
  formOf("missing"),
  {
    pattern: new RegExp(`^expected (?<what>${KIND_WORDS}), not (?<found>.+)$`),
    said: (...parts) =>
      say("expected {what}, not {found}", {
        what: kindText(parts[0] ?? ""),
        found: kindText(parts.at(-1) ?? ""),
      }),
  },
  {
    pattern: new RegExp(`^expected (?<what>${KIND_WORDS})$`),
    said: (what = "") => say("expected {what}", { what: kindText(what) }),
  },
];
