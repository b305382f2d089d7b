import path from "node:path";
import { expect, test } from "vitest";
import { loadCatalog } from "#catalog/load.ts";

const CATALOG_FOLDER = path.join(import.meta.dirname, "../../catalog");

const catalog = await loadCatalog(CATALOG_FOLDER);

test("every model file loads without a problem", () => {
  expect(catalog.problems.filter((problem) => problem.file.startsWith("models"))).toEqual([]);
  expect(catalog.models.length).toBeGreaterThan(300);
});
