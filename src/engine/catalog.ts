import type { Card } from "./card.ts";
import type { Model } from "./model.ts";
import type { Runtime } from "./runtime.ts";
import type { SpeedConstants } from "./speed/speed-constants.ts";

/** Everything the catalog folders say, checked. */
export interface Catalog {
  readonly models: readonly Model[];
  readonly cards: readonly Card[];
  readonly runtimes: readonly Runtime[];
  /** Null where their file cannot be read; then no speed is known. */
  readonly speed: SpeedConstants | null;
  /** Entries that were left out, and why. */
  readonly problems: readonly CatalogProblem[];
}

/** What is known of a catalog's age and of where a newer one would come from. */
export interface CatalogState {
  /** Of the catalog in use; null where it cannot be read. */
  readonly date: string | null;
  readonly shippedDate: string | null;
  /** True where a refreshed one is in use instead of the shipped one. */
  readonly isRefreshed: boolean;
  /** Where the last refresh came from, or was set to come from; null until somebody said. */
  readonly address: string | null;
}

/** One thing wrong in one file: where, and what was expected. */
export interface CatalogProblem {
  /** In the shipped catalog, `models/llama-3.json`; a whole path where it is the person's own. */
  readonly file: string;
  /** Path inside the file, `models[3].architecture.hiddenSize`. */
  readonly path: string;
  /** From 1; left out where the file's text was not at hand. */
  readonly line?: number;
  readonly message: string;
}
