import type { SortKey } from "./table-view.svelte.ts";

/** What a column is called. */
export function columnLabel(key: SortKey): string {
  switch (key) {
    case "model":
      return "Model";
    case "verdict":
      return "Verdict";
    case "quantization":
      return "Quantization";
    case "memory":
      return "Memory needed";
    case "speed":
      return "Tokens/s";
    case "quality":
      return "Quality";
    case "parameters":
      return "Parameters";
    case "context":
      return "Trained context";
    case "active":
      return "Active parameters";
    case "fitting":
      return "Context that fits";
    case "developer":
      return "Developer";
    case "licence":
      return "Licence";
    case "released":
      return "Released";
  }
}
