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
  {
    file: "src/shared/runtime-text.ts",
    text: /^"(Intel|Apple|Linux|Windows)"$/,
    why: "names of makers and systems",
  },
  { file: "src/shared/model-facts.ts", text: /^`https:/, why: "an address" },
  { file: "src/renderer/scenario/", text: /^kv-cache-type$/, why: "what joins buttons of one choice" },
  { file: "src/renderer/next/", text: /^"(sh, bash, zsh|PowerShell)"$/, why: "names of shells" },
  { file: "src/advice/", text: /^"llama\.cpp"$/, why: "a runtime's id" },
];
