import { estimateBuild, estimateFit } from "./estimate.ts";
import { isKnown } from "./fact.ts";
import type { Fit } from "./fit.ts";
import type { QuantizationName } from "./quantization.ts";
import { defaultContextLength, type Runtime } from "./runtime.ts";
import { contextThatFits, type Asked } from "./search.ts";

/** The same model on the same machine under one runtime. */
export interface UnderRuntime {
  readonly runtime: Runtime;
  readonly fit: Fit;
  /** Where the fit has it; null where it does not run. */
  readonly longestContext: number | null;
  /** The context it takes when nobody says; null where that is the model's own, which is not known. */
  readonly defaultContextLength: number | null;
}

/** One model under every runtime; what one cannot run is an `unknown` verdict that names why. */
export function underRuntimes(
  { model, machine, scenario }: Asked,
  runtimes: readonly Runtime[],
  quantization: QuantizationName | null = null,
): readonly UnderRuntime[] {
  const { trainedContextLength: trained } = model;
  const acceleratorBytes = machine.accelerators.reduce(
    (sum, { memoryTotalBytes }) => (memoryTotalBytes === null ? sum : sum + memoryTotalBytes),
    0,
  );
  return runtimes.map((runtime) => {
    const asked = { model, machine, scenario: { ...scenario, runtime } };
    const fit =
      quantization === null
        ? estimateFit(model, machine, asked.scenario)
        : estimateBuild(model, machine, asked.scenario, quantization);
    return {
      runtime,
      fit,
      longestContext: contextThatFits(asked, fit),
      defaultContextLength: defaultContextLength(
        runtime,
        isKnown(trained) ? trained.value : null,
        acceleratorBytes,
      ),
    };
  });
}
