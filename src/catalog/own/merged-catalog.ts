import path from "node:path";
import type { Catalog } from "#engine/catalog.ts";
import type { Origin } from "#engine/fact.ts";
import { loadCatalog } from "#catalog/load.ts";

/** Reads the shipped catalog and the person's own folder over it. A missing own folder is normal; nothing throws. */
export async function loadMergedCatalog(
  shippedFolder: string,
  ownFolder: string,
  loadShipped: (folder: string) => Promise<Catalog> = loadCatalog,
): Promise<Catalog> {
  const [shipped, own] = await Promise.all([loadShipped(shippedFolder), loadOwnCatalog(ownFolder)]);
  return mergeCatalogs(shipped, own);
}

/** Reads the person's own folder; its problems name their files by whole paths. */
export async function loadOwnCatalog(folder: string): Promise<Catalog> {
  const own = await loadCatalog(folder, "is-normal");
  const problems = own.problems.map((problem) => ({ ...problem, file: path.join(folder, problem.file) }));
  return { ...own, problems };
}

/** Lays the person's own catalog over the shipped one. */
export function mergeCatalogs(shipped: Catalog, own: Catalog): Catalog {
  return {
    models: merged(shipped.models, own.models),
    cards: merged(shipped.cards, own.cards),
    runtimes: merged(shipped.runtimes, own.runtimes),
    speed: shipped.speed,
    problems: [...shipped.problems, ...own.problems],
  };
}

interface Entry {
  readonly id: string;
  readonly origin: Origin;
}

/** Shipped entries in their order, an own one of the same id in the shipped one's place; then the other own ones. */
function merged<Kind extends Entry>(shipped: readonly Kind[], own: readonly Kind[]): readonly Kind[] {
  const ownById = new Map(own.map((entry) => [entry.id, entry]));
  const shippedIds = new Set(shipped.map(({ id }) => id));
  const inPlace = shipped.map((entry) => {
    const replacement = ownById.get(entry.id);
    return replacement === undefined ? entry : withOrigin(replacement, "own-instead-of-shipped");
  });
  const added = own.filter(({ id }) => !shippedIds.has(id)).map((entry) => withOrigin(entry, "own"));
  return [...inPlace, ...added];
}

function withOrigin<Kind extends Entry>(entry: Kind, origin: Origin): Kind {
  return { ...entry, origin };
}
