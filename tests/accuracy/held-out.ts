import { mibToBytes } from "#engine/units.ts";
import { textOf, type CsvRow } from "../fixtures/read-csv.ts";
import { countOf, databaseCards, fitRows, type FitCount } from "./fits.ts";
import type { FindModel } from "./rows/catalog-models.ts";
import type { Comparison } from "./statistics.ts";

/*
 * Constants of the engine were chosen with every known row in view. To say what they are worth on rows that were not,
 * the same kind of constant is fitted here on the models of one half of the families, and the other half is compared.
 */

/** "V003 meta-llama/Llama-3.1-8B" and "L002 LLaMA 2 7B" are of one family, "llama". */
export function familyOf(title: string): string {
  const name = title.replace(/^[A-Z]\d+ /, "").replace(/^\S+\//, "");
  const [letters] = /[a-z]+/i.exec(name) ?? [name];
  return letters.toLowerCase();
}

/** Two halves by a key such as the family: every other one in the alphabet's order, so that nobody chooses. */
export function halves<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly [readonly Item[], readonly Item[]] {
  const keys = [...new Set(items.map(keyOf))].sort();
  const isFirst = (item: Item): boolean => keys.indexOf(keyOf(item)) % 2 === 0;
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

/**
 * Each half with the constant of the other: what of the estimate is constant (what a process takes, beside buffers) is
 * replaced by the one that leaves no median error in the other half. Groups without a row there are left out.
 */
export function heldOut(comparisons: readonly Comparison[]): readonly Comparison[] {
  const [one, other] = halves(comparisons, ({ row }) => familyOf(row));
  return [...corrected(one, other), ...corrected(other, one)];
}

function corrected(seen: readonly Comparison[], unseen: readonly Comparison[]): readonly Comparison[] {
  return unseen.flatMap((comparison) => {
    const alike = seen.filter(({ group }) => group === comparison.group);
    const errors = alike.map(({ measured, estimated }) => measured - estimated).sort((a, b) => a - b);
    const middle = errors[Math.floor(errors.length / 2)];
    return middle === undefined ? [] : [{ ...comparison, estimated: comparison.estimated + middle }];
  });
}

const MARGIN_STEP_BYTES = mibToBytes(32);
const MARGIN_STEPS = 24;

/**
 * Loads of each half, with the smallest margins that place none of the other half's failed ones. Halves of the cards:
 * nearly all of the models are of one family.
 */
export async function heldOutFits(findModel: FindModel): Promise<readonly FitCount[]> {
  const cards = await databaseCards();
  const [one, other] = halves(fitRows(), (row) => textOf(row, "gpu"));
  const count = (rows: readonly CsvRow[], moreMarginBytes: number): FitCount =>
    countOf(rows, { findModel, cards, moreMarginBytes });
  const judged = (seen: readonly CsvRow[], unseen: readonly CsvRow[]): FitCount =>
    count(
      unseen,
      smallestMarginBytes((bytes) => count(seen, bytes).placed),
    );
  return [judged(one, other), judged(other, one)];
}

/** From 384 MiB below ours up. */
function smallestMarginBytes(placedWith: (moreMarginBytes: number) => number): number {
  const steps = Array.from({ length: MARGIN_STEPS }, (_, index) => (index - 12) * MARGIN_STEP_BYTES);
  return steps.find((bytes) => placedWith(bytes) === 0) ?? (MARGIN_STEPS - 12) * MARGIN_STEP_BYTES;
}
