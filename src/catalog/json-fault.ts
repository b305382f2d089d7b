import { lineAt } from "./line-of.ts";

/** Where a text stops being JSON. */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  /** What is wrong there, in a few words. */
  readonly message: string;
}

/**
 * Where and why a text is no JSON, for people; null where it is. `JSON.parse` names the place of some faults only, and
 * quotes lines of the file for others.
 */
export function jsonFault(text: string): JsonFault | null {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let position = skipSpace(text, 0);
  while (position < text.length) {
    const token = tokenAt(text, position);
    const next: Expected | null = token === null ? null : after(token, expected, open);
    if (token === null || next === null)
      return { line: lineAt(text, position), message: shown(text, position) };
    expected = next;
    position = skipSpace(text, position + token.length);
  }
  return expected === "end" ? null : { line: lineAt(text, text.length), message: "it ends too early" };
}

type Expected = "value" | "value or ]" | "key" | "key or }" | "colon" | "comma" | "end";

/** What may come behind a token; null where the token itself may not stand there. */
function after(token: string, expected: Expected, open: ("{" | "[")[]): Expected | null {
  const isValueDue = expected === "value" || expected === "value or ]";
  switch (token) {
    case "{":
    case "[":
      if (!isValueDue) return null;
      open.push(token);
      return token === "{" ? "key or }" : "value or ]";
    case "}":
    case "]": {
      const isEmpty = expected === (token === "}" ? "key or }" : "value or ]");
      const isOwn = open.pop() === (token === "}" ? "{" : "[");
      return isOwn && (isEmpty || expected === "comma") ? behindValue(open) : null;
    }
    case ":":
      return expected === "colon" ? "value" : null;
    case ",":
      if (expected !== "comma") return null;
      return open.at(-1) === "{" ? "key" : "value";
  }
  if (expected === "key" || expected === "key or }") return token.startsWith('"') ? "colon" : null;
  return isValueDue ? behindValue(open) : null;
}

function behindValue(open: readonly string[]): Expected {
  return open.length === 0 ? "end" : "comma";
}

/** Null where no token of JSON begins. */
function tokenAt(text: string, position: number): string | null {
  if (text[position] === '"') return stringAt(text, position);
  const plain = /[{}[\],:]|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
  plain.lastIndex = position;
  return plain.exec(text)?.[0] ?? null;
}

function stringAt(text: string, start: number): string | null {
  for (let position = start + 1; position < text.length; position += 1) {
    const letter = text.charAt(position);
    if (letter === '"') return text.slice(start, position + 1);
    if (letter < " ") return null; // a line break that is not written as \n
    if (letter !== "\\") continue;
    const escape = /["\\/bfnrt]|u[0-9a-fA-F]{4}/y;
    escape.lastIndex = position + 1;
    const found = escape.exec(text)?.[0];
    if (found === undefined) return null;
    position += found.length;
  }
  return null; // it never ends
}

function skipSpace(text: string, start: number): number {
  const space = /[ \t\r\n]*/y;
  space.lastIndex = start;
  return start + (space.exec(text)?.[0].length ?? 0);
}

/** The beginning of what cannot stand there. */
function shown(text: string, position: number): string {
  const rest = text.slice(position, position + 30).split("\n", 1)[0] ?? "";
  const word = /^"[^"]*"?|^[\p{L}\p{N}_.+-]+|^./u.exec(rest)?.[0] ?? rest;
  return `${word.replaceAll(/\p{C}/gu, "?")} cannot stand here`;
}
