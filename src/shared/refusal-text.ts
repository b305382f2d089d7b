import { andText, commaText } from "#words/lists.ts";
import { say } from "#words/say.ts";
import type { KnownForm } from "./known-form.ts";

/** Why a runtime does not start on this machine. */
export const REFUSALS: readonly KnownForm[] = [
  {
    pattern: /^(.+) runs on (.+), and this machine has (.+)\.$/,
    said: (name = "", systems = "", here = "") =>
      say("{name} runs on {systems}, and this machine has {here}.", {
        name,
        systems: andText(systems.split(" and ")),
        here,
      }),
  },
  {
    pattern: /^(.+) drives no accelerator of this machine\.$/,
    said: (name = "") => say("{name} drives no accelerator of this machine.", { name }),
  },
  {
    pattern: /^(.+) keeps no KV cache in (\S+); it takes (.+)\.$/,
    said: (name = "", type = "", types = "") =>
      say("{name} keeps no KV cache in {type}; it takes {types}.", {
        name,
        type,
        types: commaText(types.split(", ")),
      }),
  },
];
