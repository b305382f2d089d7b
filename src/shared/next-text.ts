import { say } from "#words/say.ts";

/** Above the way that needs no file. */
export function libraryHeading(): string {
  return say("The shortest way");
}

/** Above the way to the packing that the figures are for. */
export function exactHeading(quantization: string): string {
  return say("Or with a file at {quantization}, as reckoned here", { quantization });
}
