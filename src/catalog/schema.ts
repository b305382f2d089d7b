import type { z } from "zod";
import type { Card } from "#engine/card.ts";
import type { CatalogProblem } from "#engine/catalog.ts";
import type { Model } from "#engine/model.ts";
import { cardEntrySchema, cardFileSchema, toCard } from "./card-schema.ts";
import { modelEntrySchema, modelFileSchema } from "./model-schema.ts";
import { toProblems } from "./problems.ts";

/** An entry that passed, with where it stands. */
export interface CheckedEntry<Entry> {
  readonly file: string;
  readonly path: readonly PropertyKey[];
  readonly entry: Entry;
}

/** What one file holds: the entries that passed, and what is wrong with the others. */
export interface CheckedFile<Entry> {
  readonly entries: readonly CheckedEntry<Entry>[];
  readonly problems: readonly CatalogProblem[];
}

/** Checks one parsed file of `catalog/models/`. */
export function checkModelFile(file: string, json: unknown): CheckedFile<Model> {
  const envelope = modelFileSchema.safeParse(json);
  if (!envelope.success) return { entries: [], problems: toProblems(file, [], envelope.error.issues) };
  const { family, developer, models } = envelope.data;
  return checkEntries(models, {
    file,
    key: "models",
    schema: modelEntrySchema,
    complete: (entry) => ({ ...entry, origin: "shipped", family, developer }),
  });
}

/** Checks one parsed file of `catalog/hardware/`. */
export function checkCardFile(file: string, json: unknown): CheckedFile<Card> {
  const envelope = cardFileSchema.safeParse(json);
  if (!envelope.success) return { entries: [], problems: toProblems(file, [], envelope.error.issues) };
  const { vendor, cards } = envelope.data;
  return checkEntries(cards, {
    file,
    key: "cards",
    schema: cardEntrySchema,
    complete: (entry) => toCard(entry, vendor),
  });
}

interface EntryRules<Stated, Entry> {
  readonly file: string;
  readonly key: string;
  readonly schema: z.ZodType<Stated>;
  /** Adds what the file says once for all. */
  readonly complete: (stated: Stated) => Entry;
}

/** Each entry on its own, so that a broken one costs no other. */
function checkEntries<Stated, Entry>(
  inputs: readonly unknown[],
  { file, key, schema, complete }: EntryRules<Stated, Entry>,
): CheckedFile<Entry> {
  const entries: CheckedEntry<Entry>[] = [];
  const problems: CatalogProblem[] = [];
  for (const [index, input] of inputs.entries()) {
    const path = [key, index];
    const result = schema.safeParse(input);
    if (result.success) entries.push({ file, path, entry: complete(result.data) });
    else problems.push(...toProblems(file, path, result.error.issues));
  }
  return { entries, problems };
}
