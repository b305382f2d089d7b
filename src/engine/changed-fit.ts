import { cardToDouble, withOneMore, withRam } from "./added-parts.ts";
import type { Change, Lever } from "./cheapest-change.ts";
import { estimateFit } from "./estimate.ts";
import type { Fit } from "./fit.ts";
import type { MachineReport } from "./machine.ts";
import type { QuantizationName } from "./quantization.ts";
import type { Asked } from "./search.ts";

/** A model as it runs after a change, and on what. */
export interface ChangedFit {
  readonly fit: Fit;
  readonly machine: MachineReport;
}

/** What a change makes of a packing that was asked for. */
export function changedFit(asked: Asked, quantization: QuantizationName, { levers }: Change): ChangedFit {
  const after = levers.reduce(pulled, { asked, quantization });
  const { model, machine, scenario } = after.asked;
  return { fit: estimateFit(model, machine, scenario, after.quantization), machine };
}

interface Pulled {
  readonly asked: Asked;
  readonly quantization: QuantizationName;
}

function pulled({ asked, quantization }: Pulled, lever: Lever): Pulled {
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
