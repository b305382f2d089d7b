import { withoutIdentifiers } from "./private-text.ts";

/** No name of a model or a program that people publish is longer. */
const MOST_LENGTH = 80;

/**
 * A name that a person gave, if it is no more than a name: letters, digits and a few signs, no path, address or number
 * of a part; null for all else. Who they are called can be in it, and is theirs to write.
 */
export function plainText(text: string): string | null {
  const isName = /^[\p{L}\p{N}][\p{L}\p{N} ._+()-]*$/u.test(text) && text.length <= MOST_LENGTH;
  return isName && withoutIdentifiers(text) === text ? text : null;
}
