import type { SortKey } from "./table-view.svelte.ts";
import { say } from "#words/say.ts";

/** What a column is called. */
export function columnLabel(key: SortKey): string {
  switch (key) {
    case "model":
      return say("Model");
    case "verdict":
      return say("Verdict");
    case "quantization":
      return say("Quantization");
    case "memory":
      return say("Memory needed");
    case "speed":
      return say("Tokens/s");
    case "quality":
      return say("Quality");
    case "parameters":
      return say("Parameters");
    case "context":
      return say("Trained context");
    case "active":
      return say("Active parameters");
    case "fitting":
      return say("Context that fits");
    case "developer":
      return say("Developer");
    case "licence":
      return say("Licence");
    case "released":
      return say("Released");
  }
}
