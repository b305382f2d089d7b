import path from "node:path";

/** Before the terminal tool's own words; the packed `fitment-terminal` adds it. */
const TERMINAL_SWITCH = "--terminal";

/** What a saved machine's name ends in; older ones are plain JSON. */
const PROFILE_FILE = /\.(fitment|json)$/i;

/** The terminal tool's words of a command line; null where a window is wanted. */
export function terminalWords(argv: readonly string[]): readonly string[] | null {
  const at = argv.indexOf(TERMINAL_SWITCH);
  return at === -1 ? null : argv.slice(at + 1);
}

/**
 * The saved machine that a command line asks to open, as a file manager writes it: the last word that is a file's
 * name. Never a switch, and never an address, so that a link on a page cannot name one.
 */
export function profileFileOf(argv: readonly string[], workingFolder: string): string | null {
  const name = argv
    .slice(1)
    .findLast((word) => PROFILE_FILE.test(word) && !/^-|^[a-z][a-z0-9+.-]+:/i.test(word));
  return name === undefined ? null : path.resolve(workingFolder, name);
}
