import { candidateQuantizations } from "./candidates.ts";
import { estimateFits } from "./estimate.ts";
import { isKnown } from "./fact.ts";
import type { Fit } from "./fit.ts";
import type { KvCacheType } from "./kv-cache-type.ts";
import type { Model } from "./model.ts";
import { finestPacking } from "./prepare.ts";
import { QUANTIZATION_LADDER, type QuantizationName } from "./quantization.ts";
import type { Scenario } from "./scenario.ts";
import type { Asked } from "./search.ts";

/** How a cell is held; `no` where it is not. */
export type Held = "one-device" | "several-cards" | "with-ram" | "no";

export interface GridCell {
  readonly contextLength: number;
  readonly held: Held;
  readonly fit: Fit;
}

export interface GridRow {
  readonly quantization: QuantizationName;
  readonly cells: readonly GridCell[];
}

const COARSEST = QUANTIZATION_LADDER[QUANTIZATION_LADDER.length - 1] ?? "Q2_K";
const SHORTEST_CONTEXT = 2048;

/** Every packing that the runtime loads against doubling contexts up to what the model was trained for. */
export function fitGrid({ model, machine, scenario }: Asked, kvCacheType: KvCacheType): readonly GridRow[] {
  const names = packingsOf(model, scenario);
  const contexts = gridContexts(model.trainedContextLength);
  const cached = { ...scenario, keyCacheType: kvCacheType, valueCacheType: kvCacheType };
  const scenarios = contexts.map((contextLength) => ({ ...cached, contextLength }));
  const columns = scenarios.map((asked) => estimateFits(model, machine, asked, names));
  return names.map((quantization, row) => ({
    quantization,
    cells: contexts.map((contextLength, column) => {
      const fit = columns[column]?.[row];
      if (fit === undefined) throw new Error("each context has an answer for each packing");
      return { contextLength, held: heldBy(fit), fit };
    }),
  }));
}

/** Every packing that the runtime loads, finest first; none where the model's sizes are not known. */
export function packingsOf(
  model: Model,
  { runtime }: Pick<Scenario, "runtime">,
): readonly QuantizationName[] {
  const { architecture } = model;
  const finest = finestPacking(model);
  if (!isKnown(architecture) || !isKnown(finest)) return [];
  return candidateQuantizations(architecture.value, finest.value, COARSEST, runtime);
}

/** Doubling from 2,048; the last is all the model was trained for. Without that, up to 131,072. */
export function gridContexts(trained: Asked["model"]["trainedContextLength"]): readonly number[] {
  const most = isKnown(trained) ? trained.value : UNKNOWN_TRAINED;
  const contexts: number[] = [];
  for (let context = SHORTEST_CONTEXT; context < most; context *= 2) contexts.push(context);
  return [...contexts, most];
}

const UNKNOWN_TRAINED = 131_072;

function heldBy({ placement }: Fit): Held {
  switch (placement.kind) {
    case "single":
      return "one-device";
    case "layer-split":
    case "tensor-parallel":
      return "several-cards";
    case "expert-offload":
    case "layer-offload":
    case "cpu":
      return "with-ram";
    case "none":
      return "no";
  }
}
