import { isAbsolute } from "node:path";
import type { Catalog, CatalogProblem } from "#engine/catalog.ts";
import type { Quality } from "#engine/quality.ts";
import type { Surroundings } from "./surroundings.ts";
import { AnswerError } from "./usage-error.ts";

const MOST_PROBLEMS_NAMED = 5;

/** The catalog, its broken entries named on stderr. Throws where there is nothing to answer from. */
export async function usableCatalog({ loadCatalog, complain }: Surroundings): Promise<Catalog> {
  const catalog = await loadCatalog();
  const lines = catalog.problems.map(problemLine);
  for (const line of lines.slice(0, MOST_PROBLEMS_NAMED)) complain(`Left out of the catalog: ${line}`);
  if (lines.length > MOST_PROBLEMS_NAMED) {
    complain(`Left out of the catalog: ${lines.length - MOST_PROBLEMS_NAMED} more.`);
  }
  if (catalog.models.length > 0) return catalog;
  throw new AnswerError(
    "The catalog has no model that can be read, so there is nothing to answer. Reinstall Fitment.",
  );
}

/** What published scores say; what is broken in it is named on stderr, and the rest is used. */
export async function usableQuality({ loadQuality, complain }: Surroundings): Promise<Quality> {
  const { quality, problems } = await loadQuality();
  for (const problem of problems) complain(`Left out of the quality index: ${problemLine(problem)}`);
  return quality;
}

/** A problem as editors take it: file, line, place in the file, what was expected. Own files by their whole path. */
export function problemLine({ file, path, line, message }: CatalogProblem): string {
  const found = isAbsolute(file) ? file : `catalog/${file}`;
  const place = line === undefined ? found : `${found}:${line}`;
  return [place, path, message].filter((part) => part !== "").join(": ");
}
