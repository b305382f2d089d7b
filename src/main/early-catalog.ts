import type { CatalogStore } from "#catalog/store.ts";

/** Begins to read the catalog before the window asks for it; whoever asks again gets it read afresh. */
export function readEarly(store: CatalogStore): CatalogStore {
  let early: ReturnType<CatalogStore["loadCatalog"]> | null = store.loadCatalog();
  return {
    ...store,
    loadCatalog: () => {
      const answer = early ?? store.loadCatalog();
      early = null;
      return answer;
    },
  };
}
