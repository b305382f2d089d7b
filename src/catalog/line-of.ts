/**
 * The line on which a path such as `models[3].licence.value` stands in a JSON text, from 1. Where the path goes
 * further than the text, the line of the last part that is there.
 */
export function lineOf(json: string, path: string): number {
  let position = skipSpace(json, 0);
  let rest = path;
  while (rest !== "") {
    const child = childOf(json, position, rest);
    if (child === null) break;
    position = child.position;
    rest = child.rest;
  }
  return lineAt(json, position);
}

/** The line of a position in a text, from 1. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

/** Where the path's next part begins (a key stands on its own line), and what of the path is left. */
interface Child {
  readonly position: number;
  readonly rest: string;
}

function childOf(json: string, start: number, path: string): Child | null {
  const open = valueStart(json, start);
  if (json[open] === "[") return elementOf(json, open, path);
  return json[open] === "{" ? memberOf(json, open, path) : null;
}

/** A position may be a key's: its value comes behind the colon. */
function valueStart(json: string, position: number): number {
  if (json[position] !== '"') return position;
  const behind = skipSpace(json, skipValue(json, position));
  return json[behind] === ":" ? skipSpace(json, behind + 1) : position;
}

function elementOf(json: string, open: number, path: string): Child | null {
  const found = /^\[(\d+)\]\.?/.exec(path);
  if (found === null) return null;
  let position = skipSpace(json, open + 1);
  for (let index = 0; index < Number(found[1]); index += 1) {
    position = skipSpace(json, skipValue(json, position));
    if (json[position] !== ",") return null;
    position = skipSpace(json, position + 1);
  }
  return json[position] === "]" ? null : { position, rest: path.slice(found[0].length) };
}

/** Keys may hold dots themselves, so each key is tried against the beginning of the path. */
function memberOf(json: string, open: number, path: string): Child | null {
  let position = skipSpace(json, open + 1);
  while (json[position] === '"') {
    const end = skipValue(json, position);
    const key = json.slice(position + 1, end - 1);
    const next = path[key.length];
    if (path.startsWith(key) && (next === undefined || next === "." || next === "[")) {
      return { position, rest: path.slice(next === "." ? key.length + 1 : key.length) };
    }
    position = skipSpace(json, skipValue(json, valueStart(json, position)));
    if (json[position] === ",") position = skipSpace(json, position + 1);
  }
  return null;
}

function skipSpace(json: string, start: number): number {
  let position = start;
  while (/\s/.test(json.charAt(position))) position += 1;
  return position;
}

/** The position behind a value. The text was parsed before, so brackets and quotes match. */
function skipValue(json: string, start: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[[\]{}]|[^\s,:[\]{}"]+/gs;
  token.lastIndex = start;
  let depth = 0;
  for (let found = token.exec(json); found !== null; found = token.exec(json)) {
    if (found[0] === "[" || found[0] === "{") depth += 1;
    if (found[0] === "]" || found[0] === "}") depth -= 1;
    if (depth <= 0) return token.lastIndex;
  }
  return json.length;
}
