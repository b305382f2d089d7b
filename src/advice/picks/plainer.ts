import { differenceOf, isNoSlower, type Difference } from "#advice/difference.ts";
import { onePerModel } from "#advice/evaluate.ts";
import { hasEvidence, isOffloaded, memoryBytes, type Option } from "#advice/option.ts";

/**
 * The criterion counts what a person notices in use: quality and waiting. Between models that are the same in both by
 * all that is known, the order of the criterion is chance, and what is left to choose by is what they take: memory that
 * a longer context or another program could have, and a download. So there the smaller one is the better answer.
 *
 * A rule for ties instead of a price of memory in index points: such a price would also move choices in which the
 * larger model is better beyond the uncertainty, and nobody can say what a GiB is worth there.
 */

/**
 * Lower ends nearer than the widest interval that counts as measured (±3, see `TaskQuality`). As any limit it has an
 * edge, which a tenth of a point lost by a packing may cross. One that grew with the memory saved moved 4 picks of the
 * tests' 240, each to a figure 3 points lower where 4 GiB or more are left; in none of them is a tie's RAM nearly full.
 */
const SAME_LOW_POINTS = 3;

/** So much less memory is felt. Our choice. */
const FELT_MEMORY_FACTOR = 0.75;

/** Not to be told apart from the other in quality, no slower, and it takes less or lies wholly on the cards. */
export function isPlainer(one: Option, other: Option): boolean {
  if (one.model.id === other.model.id || !hasEvidence(one) || !hasEvidence(other)) return false;
  const difference = differenceOf(one, other);
  const isAsGood = difference.isQualityTie && one.quality.net.low >= other.quality.net.low - SAME_LOW_POINTS;
  return isAsGood && isNoSlower(difference) && takesLess(one, other, difference);
}

function takesLess(one: Option, other: Option, { downloadBytes }: Difference): boolean {
  const [bytes, otherBytes] = [memoryBytes(one), memoryBytes(other)];
  if (bytes === null || otherBytes === null || downloadBytes === null || downloadBytes > 0) return false;
  const leavesRam = isOffloaded(other) && !isOffloaded(one) && one.fit.placement.kind !== "cpu";
  return bytes <= otherBytes * (leavesRam ? 1 : FELT_MEMORY_FACTOR);
}

/**
 * The first by the criterion, unless a model further down is plainer than all that is ahead of it, in every packing: so
 * nothing ahead of the pick is anything but larger, and a row of near ties leads no further down than one.
 */
export function pickOf(options: readonly Option[]): Option | null {
  const plainest = onePerModel(options).findLast((option, index) => {
    const ahead = options.slice(0, options.indexOf(option));
    return index > 0 && ahead.every((each) => isPlainer(option, each));
  });
  return plainest ?? options[0] ?? null;
}
