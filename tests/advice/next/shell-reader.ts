import type { Shell } from "#advice/next/command.ts";

/** A command as a shell would start it. */
export interface ReadCommand {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Takes a command's text apart as its shell does; throws at whatever that shell would not read as plain words. */
export function readCommand(text: string, shell: Shell): ReadCommand {
  return shell === "sh" ? readSh(text) : readPowerShell(text);
}

/** POSIX: words, single quotes, a backslash before a quote or a line's end. Anything else that is special is refused. */
function readSh(text: string): ReadCommand {
  const words = splitWords(text.replaceAll("\\\n", " "), (rest) => {
    const quoted = /^'([^']*)'/.exec(rest);
    if (quoted !== null) return { length: quoted[0].length, text: quoted[1] ?? "" };
    if (rest.startsWith(String.raw`\'`)) return { length: 2, text: "'" };
    const plain = /^[^\s'"\\$`&|;<>()*?[\]{}~#!]/.exec(rest);
    return plain === null ? null : { length: 1, text: plain[0] };
  });
  const first = words.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const environment = Object.fromEntries(words.slice(0, first).map((word) => pair(word, "=")));
  const [program = "", ...rest] = words.slice(first);
  return { program, words: rest, environment };
}

/** PowerShell in argument mode: bare words without what it expands, and single-quoted ones. */
function readPowerShell(text: string): ReadCommand {
  const lines = text.replaceAll("`\n", " ").split("\n");
  const environment = Object.fromEntries(
    lines.slice(0, -1).map((line) => {
      const found = /^\$env:([A-Z_]+) = '((?:[^']|'')*)'$/.exec(line);
      if (found === null) throw new Error(`PowerShell does not read this as a variable: ${line}`);
      return [found[1] ?? "", (found[2] ?? "").replaceAll("''", "'")];
    }),
  );
  const [program = "", ...words] = splitWords(lines.at(-1) ?? "", (rest, isStart) => {
    const quoted = isStart ? /^'((?:[^']|'')*)'(?=\s|$)/.exec(rest) : null;
    if (quoted !== null) return { length: quoted[0].length, text: (quoted[1] ?? "").replaceAll("''", "'") };
    const bare = isStart ? /^(?:--?[A-Za-z][\w-]*|[\w/][\w./-]*)(?=\s|$)/.exec(rest) : null;
    return bare === null ? null : { length: bare[0].length, text: bare[0] };
  });
  return { program: program.replace(/^curl\.exe$/, "curl"), words, environment };
}

type Piece = (rest: string, isStart: boolean) => { readonly length: number; readonly text: string } | null;

function splitWords(text: string, pieceOf: Piece): readonly string[] {
  const words: string[] = [];
  let at = 0;
  let word: string | null = null;
  while (at < text.length) {
    if (/\s/.test(text.charAt(at))) {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
      continue;
    }
    const piece = pieceOf(text.slice(at), word === null);
    if (piece === null) throw new Error(`the shell does not read this as a word: ${text.slice(at)}`);
    word = (word ?? "") + piece.text;
    at += piece.length;
  }
  return word === null ? words : [...words, word];
}

function pair(text: string, sign: string): readonly [string, string] {
  const at = text.indexOf(sign);
  return [text.slice(0, at), text.slice(at + 1)];
}

/** The value after a flag; null where the flag is not there. */
export function flag(words: readonly string[], name: string): string | null {
  const at = words.indexOf(name);
  return at === -1 ? null : (words[at + 1] ?? null);
}

/** The number after a flag that must be there. */
export function flagNumber(words: readonly string[], name: string): number {
  const text = flag(words, name);
  if (text === null || !/^\d+(?:\.\d+)?$/.test(text))
    throw new Error(`no number after ${name}: ${words.join(" ")}`);
  return Number(text);
}
