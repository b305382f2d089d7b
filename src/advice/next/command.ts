/** A program with its words, before any shell has seen them. */
export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  /** Variables it is started with. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What people type commands into. */
export const SHELLS = ["sh", "powershell"] as const;

export type Shell = (typeof SHELLS)[number];

/** A command without variables of its own. */
export function command(program: string, ...words: readonly string[]): Command {
  return { program, words, environment: {} };
}

/** Narrow enough for a terminal of 80 columns with an indent and a line's end. */
const LINE_LENGTH = 74;

/**
 * A command as lines for a shell, each flag with its value on one line. Every word comes out of the shell as it went
 * in: `tests/advice/next` reads them back.
 */
export function commandLines(
  { program, words, environment }: Command,
  shell: Shell,
  lineLength = LINE_LENGTH,
): readonly string[] {
  const variables = Object.entries(environment);
  const name = shell === "powershell" && program === "curl" ? "curl.exe" : program; // there curl is an alias
  const groups = flagsWithValues(words).map((group) =>
    group.map((word) => quotedWord(word, shell)).join(" "),
  );
  if (shell === "powershell") {
    const lines = variables.map(([variable, value]) => `$env:${variable} = ${alwaysQuoted(value)}`);
    return [...lines, ...continued([name, ...groups], " `", lineLength)];
  }
  const prefix = variables.map(([variable, value]) => `${variable}=${quotedWord(value, shell)}`);
  return continued([...prefix, name, ...groups], " \\", lineLength);
}

function flagsWithValues(words: readonly string[]): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (const word of words) {
    const last = groups.at(-1);
    const isValue = !word.startsWith("-") && last?.[0]?.startsWith("-") === true && last.length === 1;
    if (isValue) last.push(word);
    else groups.push([word]);
  }
  return groups;
}

function continued(pieces: readonly string[], end: string, lineLength: number): readonly string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const longer = `${last ?? ""} ${piece}`;
    if (last === undefined || longer.length > lineLength)
      lines.push(last === undefined ? piece : `  ${piece}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line, index) => (index === lines.length - 1 ? line : `${line}${end}`));
}

/** Left bare only where a shell is known to leave it alone: PowerShell reads commas, colons, @ and -a.b in its own way. */
const BARE: Record<Shell, RegExp> = {
  sh: /^[\w@%+=:,./-]+$/,
  powershell: /^(?:[A-Za-z0-9_/][\w./-]*|--?[A-Za-z][\w-]*)$/,
};

/** Older PowerShells drop double quotes inside a word, and a line break ends a line: no command here has either. */
const UNSAFE = /["\r\n\0]/;

function quotedWord(word: string, shell: Shell): string {
  if (UNSAFE.test(word)) throw new Error(`a command holds a word that no shell passes on safely: ${word}`);
  if (BARE[shell].test(word)) return word;
  return shell === "powershell" ? alwaysQuoted(word) : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** PowerShell takes typographic quotes for straight ones. */
function alwaysQuoted(text: string): string {
  return `'${text.replaceAll(/['\u2018\u2019\u201a\u201b]/g, (quote) => quote + quote)}'`;
}
