import { IntlMessageFormat } from "intl-messageformat";
import { spoken } from "./spoken.ts";

/** What stands for a name in a message: text that is finished, or a count that decides between forms. */
export type SayValues = Readonly<Record<string, string | number>>;

/** By language and message; a program says the same few hundred over and over. */
const compiled = new Map<string, IntlMessageFormat>();

/**
 * A message in the language that is spoken. The English message is its own key, in ICU MessageFormat:
 * `say("{count, plural, one {# layer} other {# layers}} in RAM", { count })`. Numbers with a unit come as finished text
 * (`#shared/format.ts`). A message without a translation is said in English. Only inside functions: what is said while a
 * module loads is said before a language is chosen (`tests/words/` looks).
 *
 * @throws Error where a value of the message is not given
 */
export function say(message: string, values?: SayValues): string {
  const { tag, locale, messages } = spoken();
  const translated = messages[message];
  const text = translated ?? message;
  if (values === undefined && !/[{}']/.test(text)) return text;
  const key = `${locale} ${text}`;
  let format = compiled.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(
      text,
      translated === undefined && tag !== "en" ? "en" : locale,
      undefined,
      {
        ignoreTag: true,
      },
    );
    compiled.set(key, format);
  }
  return String(format.format(values));
}
