import type { Served } from "#advice/next/question.ts";
import type { NextStep } from "#advice/next/step.ts";

/** How a model is got and started in one runtime. */
export interface Started {
  readonly steps: readonly NextStep[];
  /** Null where it is a script that answers once, and no server. */
  readonly served: Served | null;
}
