import type { Catalog } from "#engine/catalog.ts";
import type { MachineReport } from "#engine/machine.ts";

/** Everything that crosses between the main process and the window. Facts only: estimates are made where they are shown. */
export interface Api {
  /** Detects this machine afresh. */
  probeMachine(): Promise<Answer<MachineReport>>;
  /** Reads the catalog that ships with the app. */
  loadCatalog(): Promise<Answer<Catalog>>;
  /** Opens a page in the person's browser; `https:` only. */
  openExternal(url: string): Promise<Answer<null>>;
}

/** An expected failure is an answer; a rejected promise is a bug. */
export type Answer<Value> =
  { readonly kind: "ok"; readonly value: Value } | { readonly kind: "failed"; readonly message: string };

/** The channel names; the compiler refuses a missing or an extra one. */
export const API_METHODS = Object.keys({
  probeMachine: true,
  loadCatalog: true,
  openExternal: true,
} satisfies Record<keyof Api, true>) as readonly (keyof Api)[]; // keys of the literal above, nothing else

/** The name under which the preload script exposes the contract on `window`. */
export const API_NAME = "fitment";
