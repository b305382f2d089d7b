import { verdictOfBuild } from "./build-verdict.ts";
import { estimateBuild, estimateFit } from "./estimate.ts";
import { isKnown } from "./fact.ts";
import type { Fit } from "./fit.ts";
import type { QuantizationName } from "./quantization.ts";
import { defaultContextLength, loadsPacking, type Runtime } from "./runtime.ts";
import { contextThatFits, type Asked } from "./search.ts";

/** The same model on the same machine under one runtime. */
export interface UnderRuntime {
  readonly runtime: Runtime;
  readonly fit: Fit;
  /** The packing asked for, where the runtime does not load it: the fit is then its own best. */
  readonly notLoaded: QuantizationName | null;
  /** Where the fit has it; null where it does not run. */
  readonly longestContext: number | null;
  /** The context it takes when nobody says; null where that is the model's own, which is not known. */
  readonly defaultContextLength: number | null;
}

/**
 * One model under every runtime; what one cannot run is an `unknown` verdict that names why. With a quantization asked
 * for, fit and verdict are of that packing wherever the runtime loads it.
 */
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
    const isLoaded = quantization !== null && loadsPacking(runtime, quantization);
    const fit = isLoaded ? fitAs(asked, quantization) : estimateFit(model, machine, asked.scenario);
    return {
      runtime,
      fit,
      notLoaded: isLoaded ? null : quantization,
      longestContext: contextThatFits(asked, fit),
      defaultContextLength: defaultContextLength(
        runtime,
        isKnown(trained) ? trained.value : null,
        acceleratorBytes,
      ),
    };
  });
}

function fitAs(asked: Asked, quantization: QuantizationName): Fit {
  const build = estimateBuild(asked.model, asked.machine, asked.scenario, quantization);
  return { ...build, verdict: verdictOfBuild(build, asked) };
}
