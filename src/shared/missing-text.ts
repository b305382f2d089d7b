import { say } from "#words/say.ts";
import { type KnownForm, saidKnown } from "./known-form.ts";

/** Why there is no figure, which engine and catalog say in English, in the language that is spoken. */
export function missingText(reason: string): string {
  return saidKnown(reason, MISSING);
}

export const MISSING: readonly KnownForm[] = [
  {
    pattern: /^not stated by any source that was read$/,
    said: () => say("not stated by any source that was read"),
  },
  {
    pattern: /^the model is not placed anywhere$/,
    said: () => say("the model is not placed anywhere"),
  },
  {
    pattern: /^no rate of an encoder-decoder model was measured$/,
    said: () => say("no rate of an encoder-decoder model was measured"),
  },
  {
    pattern: /^the placement is on (.+), and the back end is the processor$/,
    said: (device = "") => say("the placement is on {device}, and the back end is the processor", { device }),
  },
  {
    pattern: /^(\S+) does not run on (.+)$/,
    said: (backend = "", device = "") => say("{backend} does not run on {device}", { backend, device }),
  },
  {
    pattern: /^the memory bandwidth of (.+) is not known \((.+)\)$/,
    said: (device = "", reason = "") =>
      say("the memory bandwidth of {device} is not known ({reason})", {
        device,
        reason: missingText(reason),
      }),
  },
  {
    pattern: /^no rate under (\S+) was measured$/,
    said: (backend = "") => say("no rate under {backend} was measured", { backend }),
  },
  {
    pattern: /^prompts under (.+) were not measured$/,
    said: (runtime = "") => say("prompts under {runtime} were not measured", { runtime }),
  },
  {
    pattern: /^no controlled rates of (.+) on such devices were found$/,
    said: (runtime = "") => say("no controlled rates of {runtime} on such devices were found", { runtime }),
  },
  {
    pattern: /^how many cores the processor has is not known$/,
    said: () => say("how many cores the processor has is not known"),
  },
  {
    pattern: /^the speed of the RAM is not known, and it is more than a PC's two channels hold$/,
    said: () => say("the speed of the RAM is not known, and it is more than a PC's two channels hold"),
  },
];
