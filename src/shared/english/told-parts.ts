import { say } from "#words/say.ts";
import { spoken } from "#words/spoken.ts";
import { inKnownForm, type KnownForm } from "#shared/known-form.ts";

/** Where a text is cut, and what joins two pieces again: in English, and where both were said. */
interface Cut {
  readonly at: RegExp;
  readonly english: string;
  readonly between: () => string;
}

/** No form goes beyond a sentence. */
const SENTENCES: Cut = {
  at: /(?<=\S[.!?]) (?=\S)/,
  english: " ",
  between: () => say("{one} {other}", { one: "", other: "" }),
};

const CLAUSES: readonly Cut[] = [
  { at: /; /, english: "; ", between: () => say("{one}; {other}", { one: "", other: "" }) },
  // The first colon: behind it, all may be one form.
  {
    at: /(?<=^(?:(?!: ).)*): /s,
    english: ": ",
    between: () => say("{name}: {text}", { name: "", text: "" }),
  },
];

/** An English text in the language that is spoken, as far as its sentences and clauses have known forms. */
export function toldAmong(text: string, forms: readonly KnownForm[]): string {
  return spoken().tag === "en" ? text : (toldOrNull(text, forms) ?? text);
}

function toldOrNull(text: string, forms: readonly KnownForm[]): string | null {
  const ways = [
    () => toldCut(text, SENTENCES, forms),
    () => inKnownForm(text, forms),
    ...CLAUSES.map((cut) => () => toldCut(text, cut, forms)),
  ];
  for (const way of ways) {
    const told = way();
    if (told !== null) return told;
  }
  return null;
}

function toldCut(text: string, { at, english, between }: Cut, forms: readonly KnownForm[]): string | null {
  const cut = text.split(at);
  if (cut.length === 1) return null;
  const pieces = cut.map((piece) => ({ piece, said: toldOrNull(piece, forms) }));
  if (pieces.every(({ said }) => said === null)) return null;
  return pieces.reduce((before, { piece, said }, index) => {
    const isBothSaid = said !== null && pieces[index - 1]?.said !== null;
    const joint = index === 0 ? "" : isBothSaid ? between() : english;
    return `${before}${joint}${said ?? piece}`;
  }, "");
}

/** What of a text has no form and stays in English; also what is caught in a form. */
export function englishLeft(text: string, forms: readonly KnownForm[]): readonly string[] {
  const sentences = text.split(SENTENCES.at);
  if (sentences.length > 1) return sentences.flatMap((sentence) => englishLeft(sentence, forms));
  for (const { pattern } of forms) {
    const caught = pattern.exec(text);
    if (caught !== null) return caughtParts(caught).flatMap((part) => englishLeft(part, forms));
  }
  for (const { at } of CLAUSES) {
    const pieces = text.split(at);
    if (pieces.length > 1) return pieces.flatMap((piece) => englishLeft(piece, forms));
  }
  return [text];
}

/** Of a pattern with alternatives, some catch nothing. */
function caughtParts(caught: readonly (string | undefined)[]): readonly string[] {
  return caught.slice(1).filter((part) => part !== undefined);
}
