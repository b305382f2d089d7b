import { say } from "#words/say.ts";

/** The title of a step that makes weights of so many bits out of a repository. */
export function madeText(values: {
  readonly name: string;
  readonly bits: string;
  readonly repository: string;
}): string {
  return say("{name} at {bits} bits, made from {repository}", values);
}
