import { bundled } from "../bundle.mjs";
import type { fitAbilities } from "../sampler/fit.ts";

type Fit = typeof fitAbilities;

/** The sampler as it ships, bundled: what the checks call dozens of thousands of times. */
export async function loadFit(): Promise<Fit> {
  const sampler = (await bundled("sampler/fit.ts")) as { fitAbilities: Fit }; // the bundle of that very module
  return sampler.fitAbilities;
}
