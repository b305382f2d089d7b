import path from "node:path";
import { LANGUAGE_TAGS } from "#words/languages.ts";
import { loadMessages } from "#words/load-messages.ts";
import { NOT_FOR_TRANSLATION } from "./not-for-translation.ts";
import { type FolderWords, type Unsaid, wordsOf } from "./said.ts";

const FOLDERS = ["src/shared", "src/advice", "src/renderer", "src/main", "src/words"];

/** What all folders that may speak say. */
export function allWords(root: string): FolderWords {
  const found = FOLDERS.map((folder) => wordsOf(root, folder));
  return {
    said: found.flatMap(({ said }) => said),
    unsaid: found.flatMap(({ unsaid }) => unsaid).filter((one) => !isNotForTranslation(one)),
    unreadable: found.flatMap(({ unreadable }) => unreadable),
  };
}

function isNotForTranslation({ text, file }: Unsaid): boolean {
  return NOT_FOR_TRANSLATION.some((rule) => file.startsWith(rule.file) && (rule.text?.test(text) ?? true));
}

/** `npm run words`: what a translator or a developer has left to do, below the files that begin so. */
export async function printWords(root: string, only: string, print: (line: string) => void): Promise<void> {
  const words = allWords(path.resolve(root));
  const isAsked = ({ file }: { readonly file: string }): boolean => file.startsWith(only);
  const unsaid = words.unsaid.filter(isAsked);
  for (const { file, text } of unsaid) print(`not said: ${file}: ${text}`);
  for (const { file, message } of words.said.filter((one) => one.isAtLoad && isAsked(one)))
    print(`said while the module loads: ${file}: ${message}`);
  const used = new Set(words.said.map(({ message }) => message));
  const asked = new Set(words.said.filter(isAsked).map(({ message }) => message));
  for (const tag of LANGUAGE_TAGS.filter((one) => one !== "en")) {
    const messages = await loadMessages(tag);
    const missing = [...asked].filter((message) => messages[message] === undefined);
    for (const message of missing) print(`${tag} lacks: ${message}`);
    const unused = Object.keys(messages).filter((message) => !used.has(message));
    for (const message of unused) print(`${tag} has what nobody says: ${message}`);
    print(`${tag}: ${asked.size - missing.length} of ${asked.size} messages`);
  }
  print(`${unsaid.length} texts are not said`);
}
