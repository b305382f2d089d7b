import type { SavedScenario } from "./saved-scenario.ts";
import { say } from "#words/say.ts";

/** How a question begins that somebody copied; the names after it are those of the terminal's options where it has one. */
const BEGINNING = "fitment:?";

/** Names in the text that are not those of the settings. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ["contextLength", "context"],
  ["keyCacheType", "kv-type-k"],
  ["valueCacheType", "kv-type-v"],
  ["lowestQuantization", "lowest-quantization"],
  ["microBatchSize", "ubatch"],
  ["flashAttention", "flash-attention"],
  ["parallelSequenceCount", "parallel"],
  ["rightNow", "right-now"],
]);

const KEPT_NAMES: ReadonlyMap<string, string> = new Map([...NAMES].map(([kept, name]) => [name, kept]));

const MOST_CHARACTERS = 4000;

/** `fitment:?context=32768&task=code&…`: to be sent to somebody, who pastes it. */
export function questionText(kept: SavedScenario): string {
  const parts = Object.entries(kept).map(
    ([name, value]) => `${encoded(NAMES.get(name) ?? name)}=${encoded(String(value))}`,
  );
  return BEGINNING + parts.join("&");
}

/** True of what looks like a question; what it says is checked where it is taken. */
export function isQuestionText(text: unknown): text is string {
  return typeof text === "string" && text.startsWith(BEGINNING) && text.length <= MOST_CHARACTERS;
}

/** A text taken apart, by the names that are in it; or that it is no question. */
export type QuestionParts =
  | { readonly kind: "ok"; readonly parts: readonly (readonly [name: string, text: string])[] }
  | { readonly kind: "failed"; readonly message: string };

export function questionParts(text: string): QuestionParts {
  const trimmed = text.trim();
  if (!trimmed.startsWith(BEGINNING))
    return {
      kind: "failed",
      message: say("That is no question of Fitment's: one begins with {beginning}", { beginning: BEGINNING }),
    };
  if (trimmed.length > MOST_CHARACTERS)
    return { kind: "failed", message: say("That is longer than any question of Fitment's.") };
  const parts = trimmed.slice(BEGINNING.length).split("&").filter(Boolean);
  const named = parts.map((part) => {
    const [name = "", ...value] = part.split("=").map(decoded);
    return [name, value.join("=")] as const;
  });
  return { kind: "ok", parts: named };
}

/** A pasted text as what is kept; or that it is none. */
export type PastedQuestion =
  | { readonly kind: "ok"; readonly kept: SavedScenario }
  | { readonly kind: "failed"; readonly message: string };

export function pastedQuestion(text: string): PastedQuestion {
  const read = questionParts(text);
  if (read.kind === "failed") return read;
  const kept = read.parts.map(([name, value]) => [KEPT_NAMES.get(name) ?? name, valueOf(name, value)]);
  return { kind: "ok", kept: Object.fromEntries(kept) as SavedScenario }; // plain values, as `valueOf` makes them
}

/** As in the query of an address, spaces as `+`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll("%20", "+");
}

/** What is no such code stays as it is. */
function decoded(text: string): string {
  return text.replaceAll("+", " ").replace(/(?:%[0-9a-f]{2})+/gi, (codes) => {
    try {
      return decodeURIComponent(codes);
    } catch {
      return codes;
    }
  });
}

/** Words that a person typed are words, also where they are a number. */
function valueOf(name: string, text: string): string | number | boolean {
  if (name === "search") return text;
  if (text === "true" || text === "false") return text === "true";
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

/** What of a pasted question was not taken, as `name=value`; a model or runtime that is not here, or a slip. */
export function partsNotTaken(pasted: SavedScenario, taken: SavedScenario): readonly string[] {
  const takenValues = new Set(
    Object.entries(taken).map(([name, value]) => `${groupOf(name)}=${String(value)}`),
  );
  return Object.entries(pasted)
    .filter(([name, value]) => !takenValues.has(`${groupOf(name)}=${String(value)}`))
    .map(([name, value]) => `${NAMES.get(name) ?? name}=${String(value)}`);
}

/** Models to compare may change their places. */
function groupOf(name: string): string {
  return name.replace(/^compare\d$/, "compare");
}
