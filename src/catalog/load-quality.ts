import type { QualityData } from "#engine/quality.ts";
import { checkQualityFile, joinQuality } from "./quality-schema.ts";
import { readPart } from "./read-json.ts";

/** The folders of a catalog that hold quality; each file says itself what it is. */
const PARTS = ["quality/index", "quality"] as const;

/**
 * Reads what a catalog folder says of quality. It is apart from `loadCatalog`: a verdict does not need it, and a start
 * should not wait for it. What is broken in it is left out and named; nothing throws.
 */
export async function loadQuality(folder: string): Promise<QualityData> {
  const parts = await Promise.all(
    PARTS.map((part) => readPart({ folder, part, missingFolder: "is-a-problem" }, checkQualityFile)),
  );
  const { quality } = joinQuality(parts.flatMap(({ files }) => files));
  return { quality, problems: parts.flatMap(({ problems }) => problems) };
}
