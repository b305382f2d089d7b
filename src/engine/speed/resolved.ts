import type { FoundConstants } from "./accelerator-constants.ts";
import type { AcceleratorBackend } from "./backend.ts";
import type { DeviceWork } from "./device-share.ts";
import type { RuntimeConstants } from "./speed-constants.ts";
import type { SpeedAccelerator } from "./speed-device.ts";

/** A device of a placement with all that its time depends on. */
export type ResolvedDevice = ResolvedAccelerator | ResolvedRam;

export interface ResolvedAccelerator extends FoundConstants {
  readonly kind: "accelerator";
  readonly work: DeviceWork;
  readonly facts: SpeedAccelerator;
  readonly backend: AcceleratorBackend;
  readonly bandwidthBytesPerSecond: number;
}

export interface ResolvedRam {
  readonly kind: "ram";
  readonly work: DeviceWork;
  readonly bandwidthBytesPerSecond: number;
  /** Its peak is not known: taken from how fast it was copied here, or to be a PC's. */
  readonly isAssumed: boolean;
  readonly isCopied: boolean;
}

/** A question with nothing missing. */
export interface Resolved {
  readonly kind: "known";
  readonly devices: readonly ResolvedDevice[];
  readonly runtime: ResolvedRuntime;
}

export interface Unresolved {
  readonly kind: "missing";
  readonly reason: string;
}

/** What runs a model, as far as the constants tell it apart: llama.cpp itself, or a factor on it. */
export type ResolvedRuntime =
  { readonly kind: "llama.cpp" } | { readonly kind: "factor"; readonly constants: RuntimeConstants };

/** A reason in place of an answer. */
export function missing(reason: string): Unresolved {
  return { kind: "missing", reason };
}
