import { cardToDouble, withOneMore, withRam } from "./added-parts.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Scenario } from "./scenario.ts";
import type { Asked } from "./search.ts";

/** One thing that can be changed, with what it costs a person. */
export type Lever =
  | { readonly kind: "free-memory"; readonly loss: "none" }
  | { readonly kind: "micro-batch"; readonly microBatchSize: number; readonly loss: "prompt-speed" }
  | {
      readonly kind: "kv-cache-type";
      readonly kvCacheType: Scenario["keyCacheType"];
      readonly loss: "little-quality" | "quality";
    }
  | { readonly kind: "context"; readonly contextLength: number; readonly loss: "context" }
  | { readonly kind: "quantization"; readonly quantization: QuantizationName; readonly loss: "quality" }
  | { readonly kind: "offload"; readonly loss: "speed" }
  | { readonly kind: "more-ram"; readonly ramBytes: number; readonly loss: "money" }
  | { readonly kind: "one-more-card"; readonly cardName: string; readonly loss: "money" };

/** A question, and the packing it is asked of. */
export interface Pulled {
  readonly asked: Asked;
  readonly quantization: QuantizationName;
}

/** The same with a lever pulled; freeing memory and offload change neither, but what counts as room. */
export function pullLever({ asked, quantization }: Pulled, lever: Lever): Pulled {
  const { machine, scenario } = asked;
  switch (lever.kind) {
    case "free-memory":
    case "offload":
      return { asked, quantization };
    case "quantization":
      return { asked, quantization: lever.quantization };
    case "micro-batch":
      return {
        asked: { ...asked, scenario: { ...scenario, microBatchSize: lever.microBatchSize } },
        quantization,
      };
    case "context":
      return {
        asked: { ...asked, scenario: { ...scenario, contextLength: lever.contextLength } },
        quantization,
      };
    case "kv-cache-type": {
      const { kvCacheType } = lever;
      const changed = { ...scenario, keyCacheType: kvCacheType, valueCacheType: kvCacheType };
      return { asked: { ...asked, scenario: changed }, quantization };
    }
    case "more-ram":
      return { asked: { ...asked, machine: withRam(machine, lever.ramBytes) }, quantization };
    case "one-more-card": {
      const card = cardToDouble(machine);
      return {
        asked: card === null ? asked : { ...asked, machine: withOneMore(machine, card) },
        quantization,
      };
    }
  }
}
