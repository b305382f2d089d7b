import type { Card } from "#engine/card.ts";
import type { Fit } from "#engine/fit.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Architecture, Model } from "#engine/model.ts";
import type { QuantizationName } from "#engine/quantization.ts";

/** A model that has its place on this machine, and everything that the commands are made from. */
export interface StartQuestion {
  readonly model: Model;
  readonly architecture: Architecture;
  /** Placed; its scenario's runtime is the one to start, llama.cpp where it names none. */
  readonly fit: Fit;
  readonly quantization: QuantizationName;
  readonly machine: MachineReport;
  readonly cards: readonly Card[];
  readonly purpose: Purpose;
}

/** `development`: one person at this computer. `production`: a service for several, watched. */
export const PURPOSES = ["development", "production"] as const;

export type Purpose = (typeof PURPOSES)[number];

/** Where a started model answers. */
export interface Served {
  /** Without a path: `http://127.0.0.1:8080`. */
  readonly origin: string;
  /** What it is called there. */
  readonly modelName: string;
  /** A path that answers as soon as the model is loaded. */
  readonly healthPath: string;
}
