import type { Catalog } from "#engine/catalog.ts";
import type { InstalledModels } from "#engine/installed.ts";
import type { QualityData } from "#engine/quality.ts";
import { readCatalogDate } from "./catalog-date.ts";
import { findInstalled } from "./installed/find-installed.ts";
import { readNamedFolders } from "./installed/named-folders.ts";
import { modelPlaces } from "./installed/places.ts";
import { loadQuality } from "./load-quality.ts";
import { type Home, ownDataFolder } from "./own/data-folder.ts";
import { loadMergedCatalog } from "./own/merged-catalog.ts";

/** The catalog on this computer: what shipped, what is the person's own, and what is there to run already. */
export interface CatalogStore {
  /** The shipped catalog with the person's own over it. */
  readonly loadCatalog: () => Promise<Catalog>;
  /** What the catalog says of quality; read only where it is shown. */
  readonly loadQuality: () => Promise<QualityData>;
  /** The day of the catalog, `2026-11-25`; null where it cannot be read. */
  readonly readCatalogDate: () => Promise<string | null>;
  /** Models of the catalog that other tools, or the person, have put on this computer. */
  readonly findInstalled: () => Promise<InstalledModels>;
  /** The person's own catalog folder; it need not be there. */
  readonly ownFolder: string;
}

/** The same for window and terminal, so that they cannot disagree about what there is. */
export function catalogStore(shippedFolder: string, home: Home): CatalogStore {
  const ownFolder = ownDataFolder(home);
  const loadCatalog = (): Promise<Catalog> => loadMergedCatalog(shippedFolder, ownFolder);
  return {
    loadCatalog,
    loadQuality: () => loadQuality(shippedFolder),
    readCatalogDate: () => readCatalogDate(shippedFolder),
    findInstalled: async () => {
      const [{ models }, named] = await Promise.all([loadCatalog(), readNamedFolders(ownFolder)]);
      const found = await findInstalled(modelPlaces(home, named.folders), models);
      return { ...found, notes: [...named.notes, ...found.notes] };
    },
    ownFolder,
  };
}
