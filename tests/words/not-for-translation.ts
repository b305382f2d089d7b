/** Texts that stay as they are in every language: names, units, keys of the program, words of the system. */
interface Rule {
  /** How the file's name begins. */
  readonly file: string;
  /** Which of its texts; all where it is not there. */
  readonly text?: RegExp;
  readonly why: string;
}

export const NOT_FOR_TRANSLATION: readonly Rule[] = [
  { file: "src/words/", why: "names of languages, each in its own" },
  { file: "src/shared/ipc.ts", why: "the contract's names" },
];
