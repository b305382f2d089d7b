import { orText } from "#words/lists.ts";
import { say } from "#words/say.ts";
import { CARD_MISSING } from "./english/fact-forms.ts";
import { toldAmong } from "./english/told-parts.ts";
import { formOf, type KnownForm } from "./known-form.ts";

/** Why there is no figure, which engine and catalog say in English, in the language that is spoken. */
export function missingText(reason: string): string {
  return toldAmong(reason, ALL);
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
  formOf("{reason}, and it is more than a PC's two channels hold", { reason: missingText }),
  formOf("how many cores its GPU has is not known ({reason})", { reason: missingText }),
  formOf("its operations per second are not known"),
  formOf("there is no {device} here"),
  formOf("it has a part of what a whole card has"),
  formOf("a slice has a part of what the {card} has"),
  formOf("a virtual share has a part of what the {card} has"),
  formOf("the card database has no {name}"),
  formOf("it may be {names}", { names: alternatives }),
  formOf("of the RAM's speed only a copy is given"),
  formOf("the speed of the RAM is not known"),
  formOf("the speed of the RAM's modules is not known"),
  formOf("how many channels the {count} modules of RAM are on is not known"),
  formOf("what PCIe {generation} carries is not known"),
  formOf("the catalog's constants of speeds cannot be read"),
  formOf("the operations per second of a device are not known, and several sequences need them"),
  formOf("how many cores the processor has is not known, and they look each weight of such a type up"),
  formOf("of {device}, {reason}", { reason: missingText }),
];

const ALL: readonly KnownForm[] = [...MISSING, ...CARD_MISSING];

/** "A, B or C" as the language that is spoken has it. */
function alternatives(names: string): string {
  const [last = "", ...others] = names.split(" or ").reverse();
  return others.length === 0 ? last : orText([...others.reverse(), last]);
}
