import path from "node:path";
import type { Catalog, CatalogState } from "#engine/catalog.ts";
import type { InstalledModels, ModelFolder } from "#engine/installed.ts";
import type { QualityData } from "#engine/quality.ts";
import { loadCheckedCatalog, loadCheckedQuality } from "./checked/checked-catalog.ts";
import { findInstalled } from "./installed/find-installed.ts";
import { bundleCatalog, type CatalogBundle } from "./refresh/bundle-catalog.ts";
import { readModelFolders } from "./installed/model-folders.ts";
import { readNamedFolders } from "./installed/named-folders.ts";
import { modelPlaces } from "./installed/places.ts";
import { loadCatalog as loadFolder } from "./load.ts";
import { loadQuality } from "./load-quality.ts";
import { type Home, ownDataFolder } from "./own/data-folder.ts";
import { loadMergedCatalog } from "./own/merged-catalog.ts";
import {
  activeFolder,
  readCatalogState,
  refreshCatalog,
  type RefreshRequest,
  type RefreshResult,
  undoRefresh,
} from "./refresh/refreshed-catalog.ts";

/** The catalog on this computer: what shipped or replaced it, what is the person's own, and what is there to run. */
export interface CatalogStore {
  /** The catalog in use with the person's own over it. */
  readonly loadCatalog: () => Promise<Catalog>;
  /** What the catalog says of quality; read only where it is shown. */
  readonly loadQuality: () => Promise<QualityData>;
  /** The day of the catalog in use, `2026-11-25`; null where it cannot be read. */
  readonly readCatalogDate: () => Promise<string | null>;
  readonly readCatalogState: () => Promise<CatalogState>;
  /** Fetches a newer catalog and puts it in use. */
  readonly refreshCatalog: (request: RefreshRequest) => Promise<RefreshResult>;
  /** Back to the shipped one; true where there was anything to undo. */
  readonly undoRefresh: () => Promise<boolean>;
  /** The catalog in use as one file that another Fitment refreshes from. */
  readonly bundleCatalog: () => Promise<CatalogBundle>;
  /** Models of the catalog that other tools, or the person, have put on this computer. */
  readonly findInstalled: () => Promise<InstalledModels>;
  /** The folders that are looked into, those that are not there too. */
  readonly listModelFolders: () => Promise<readonly ModelFolder[]>;
  /** The person's own catalog folder; it need not be there. */
  readonly ownFolder: string;
}

/** The same for window and terminal, so that they cannot disagree about what there is. */
export function catalogStore(shippedFolder: string, home: Home): CatalogStore {
  const ownFolder = ownDataFolder(home);
  const named = home.env.FITMENT_CATALOG_URL?.trim() ?? "";
  const folders = { shippedFolder, ownFolder, environmentAddress: named === "" ? null : named };
  const checked = { catalogFolder: shippedFolder, checkedFolder: path.join(shippedFolder, "../out/main") };
  /** A refreshed catalog is checked at each start; what ships was checked by the build. */
  const loadActive = async (folder: string): Promise<Catalog> =>
    folder === shippedFolder ? await loadCheckedCatalog(checked) : await loadFolder(folder);
  const loadActiveQuality = async (folder: string): Promise<QualityData> =>
    folder === shippedFolder ? await loadCheckedQuality(checked) : await loadQuality(folder);
  const loadCatalog = async (): Promise<Catalog> =>
    await loadMergedCatalog(await activeFolder(folders), ownFolder, loadActive);
  return {
    loadCatalog,
    loadQuality: async () => await loadActiveQuality(await activeFolder(folders)),
    readCatalogDate: async () => (await readCatalogState(folders)).date,
    readCatalogState: () => readCatalogState(folders),
    refreshCatalog: (request) => refreshCatalog(folders, request),
    undoRefresh: () => undoRefresh(folders),
    bundleCatalog: async () =>
      await bundleCatalog(await activeFolder(folders), (await readCatalogState(folders)).date),
    findInstalled: async () => {
      const [{ models }, named] = await Promise.all([loadCatalog(), readNamedFolders(ownFolder)]);
      const found = await findInstalled(modelPlaces(home, named.folders), models);
      return { ...found, notes: [...named.notes, ...found.notes] };
    },
    listModelFolders: async () => {
      const [{ models }, named] = await Promise.all([loadCatalog(), readNamedFolders(ownFolder)]);
      return await readModelFolders(home, named.folders, models);
    },
    ownFolder,
  };
}
