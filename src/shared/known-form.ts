import { say as sayMessage } from "#words/say.ts";
import { spoken } from "#words/spoken.ts";

/**
 * Engine, catalog and probe write their reasons in English. Where a reason has one of a known set of forms, it is said
 * in the language that is spoken; the parts that a pattern catches are what the message is given.
 */
export interface KnownForm {
  readonly pattern: RegExp;
  readonly said: (...parts: readonly string[]) => string;
}

/** What a caught part is given to the message as; itself where nothing is named for it. */
type Meanings = Readonly<Record<string, (part: string) => string | number>>;

/**
 * The form of a message without plurals: what stands in braces is caught. The message is a literal, as in `say`, so
 * that translators are shown it (`tests/words/` reads both).
 */
export function formOf(message: string, meanings: Meanings = {}): KnownForm {
  const names = [...message.matchAll(PLACE)].map(([, name = ""]) => name);
  const pattern = message.split(PLACE).map((piece, index) => (index % 2 === 0 ? escaped(piece) : "(.+?)"));
  const said = (...parts: readonly string[]): string =>
    sayMessage(
      message,
      Object.fromEntries(
        names.map((name, index) => {
          const part = parts[index] ?? "";
          return [name, meanings[name]?.(part) ?? part];
        }),
      ),
    );
  return { pattern: new RegExp(`^${pattern.join("")}$`, "s"), said };
}

const PLACE = /\{(\w+)\}/g;

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

/** A text of a known form in the language that is spoken; null where it has none. */
export function inKnownForm(text: string, forms: readonly KnownForm[]): string | null {
  for (const { pattern, said } of forms) {
    const match = pattern.exec(text);
    if (match !== null) return said(...match.slice(1));
  }
  return null;
}

/** The same, where English and what has no known form stay as they are. */
export function saidKnown(text: string, forms: readonly KnownForm[]): string {
  return spoken().tag === "en" ? text : (inKnownForm(text, forms) ?? text);
}

/** "248,320" as a number. */
export function numberIn(part = ""): number {
  return Number(part.replaceAll(",", ""));
}
