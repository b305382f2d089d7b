import { distance } from "fastest-levenshtein";

/** Names further away than this share of their length are no help. */
const FARTHEST_FRACTION = 0.5;
const MOST_NAMES = 3;

/** ` Did you mean "a" or "b"?`, or nothing where no name is near. */
export function didYouMean(text: string, names: readonly string[]): string {
  const near = nearestNames(text, names).map((name) => `"${name}"`);
  return near.length === 0 ? "" : ` Did you mean ${near.join(" or ")}?`;
}

/** The nearest names by edit distance, names that hold the text as a whole first. */
export function nearestNames(text: string, names: readonly string[]): readonly string[] {
  const wanted = plain(text);
  return names
    .map((name) => ({ name, cost: cost(wanted, plain(name)) }))
    .filter(({ name, cost: away }) => away <= plain(name).length * FARTHEST_FRACTION)
    .sort((one, other) => one.cost - other.cost || one.name.length - other.name.length)
    .slice(0, MOST_NAMES)
    .map(({ name }) => name);
}

function cost(wanted: string, name: string): number {
  if (wanted === "") return Number.POSITIVE_INFINITY;
  return name.includes(wanted) ? 0 : distance(wanted, name);
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(/[\s_-]+/g, "");
}
