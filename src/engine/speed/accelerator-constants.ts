import type { AcceleratorBackend } from "./backend.ts";
import type { AcceleratorConstants, SpeedConstants } from "./speed-constants.ts";
import type { SpeedAccelerator } from "./speed-device.ts";

/** Constants for an accelerator, and whether its own generation is behind them. */
export interface FoundConstants {
  readonly constants: AcceleratorConstants;
  readonly isGenerationKnown: boolean;
}

/** The class's own, else its maker's, else those of the back end; null where the back end has none at all. */
export function acceleratorConstants(
  { vendor, generation }: Pick<SpeedAccelerator, "vendor" | "generation">,
  backend: AcceleratorBackend,
  { accelerators }: SpeedConstants,
): FoundConstants | null {
  const ofBackend = accelerators.filter((entry) => entry.backend === backend);
  const own = ofBackend.find((entry) => entry.vendor === vendor && entry.generation === generation);
  if (own !== undefined && generation !== null) return { constants: own, isGenerationKnown: true };
  const general =
    ofBackend.find((entry) => entry.vendor === vendor && entry.generation === null) ??
    ofBackend.find((entry) => entry.vendor === null);
  return general === undefined ? null : { constants: general, isGenerationKnown: false };
}
