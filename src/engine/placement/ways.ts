import type { Placement } from "#engine/fit.ts";
import type { Architecture } from "#engine/model.ts";
import type { Runtime } from "#engine/runtime.ts";
import type { Demand } from "./demand.ts";
import type { Rooms } from "./rooms.ts";
import { serveOnOne, serveOnSeveral, shardsOf } from "./serving.ts";
import { placeOnOne, placeOnSeveral, placeWithOffload, type Offload } from "./strategies.ts";

/** A way to place a demand; null where it does not hold. */
export type Way = (demand: Demand, rooms: Rooms) => Placement | null;

/** The ways a runtime has, in the order in which a person would want them. */
export interface Ways {
  readonly onOne: Way;
  readonly onSeveral: Way;
  readonly withOffload: Way;
}

const NO_WAY: Way = () => null;

const ALL_OFFLOADS: readonly Offload[] = ["experts", "layers"];

/** llama.cpp's, which are those of nobody's choice. */
const LLAMA_WAYS: Ways = {
  onOne: placeOnOne,
  onSeveral: placeOnSeveral,
  withOffload: (demand, rooms) => placeWithOffload(demand, rooms, ALL_OFFLOADS),
};

/** What a runtime can do with this architecture. */
export function waysOf(runtime: Runtime | undefined, architecture: Architecture): Ways {
  if (runtime === undefined) return LLAMA_WAYS;
  const { reserve, splits, offloads } = runtime;
  if (reserve.kind === "share") {
    const serving = { reserve, shards: shardsOf(architecture) };
    return {
      onOne: (demand, rooms) => serveOnOne(demand, rooms, serving),
      onSeveral: splits.includes("tensor")
        ? (demand, rooms) => serveOnSeveral(demand, rooms, serving)
        : NO_WAY,
      withOffload: NO_WAY,
    };
  }
  return {
    onOne: (demand, rooms) =>
      rooms.cards.length === 0 && !runtime.runsOnProcessor ? null : placeOnOne(demand, rooms),
    onSeveral: splits.includes("layers") ? placeOnSeveral : NO_WAY,
    withOffload:
      offloads.length === 0 ? NO_WAY : (demand, rooms) => placeWithOffload(demand, rooms, offloads),
  };
}

/** The first way that holds anywhere. */
export function placeAnywhere(demand: Demand, alternatives: readonly Rooms[], ways: Ways): Placement | null {
  for (const way of [ways.onOne, ways.onSeveral, ways.withOffload]) {
    for (const rooms of alternatives) {
      const placement = way(demand, rooms);
      if (placement !== null) return placement;
    }
  }
  return null;
}
