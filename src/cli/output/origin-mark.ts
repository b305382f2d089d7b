import type { Origin } from "#engine/fact.ts";

const MARKS: Record<Origin, string> = {
  shipped: "",
  own: "own",
  "own-instead-of-shipped": "own, instead of the shipped one",
};

/** How a table marks an entry of the person's own catalog. */
export function originMark(origin: Origin): string {
  return MARKS[origin];
}
