import type { Placement } from "#engine/fit.ts";
import type { Architecture } from "#engine/model.ts";
import type { Scenario } from "#engine/scenario.ts";
import { splitChoice, type SplitChoice } from "#engine/split-choice.ts";
import type { Demand } from "./demand.ts";
import { freeBytes, type Rooms } from "./rooms.ts";
import { pipelineReachBytes, serveInPipeline } from "./pipeline.ts";
import { serveOnOne, serveOnSeveral, servingReachBytes, shardsOf, type Serving } from "./serving.ts";
import { splitByTensors } from "./tensor-split.ts";
import { placeOnOne, placeOnSeveral, placeWithOffload, type Offload } from "./strategies.ts";

/** A way to place a demand; null where it does not hold. */
export type Way = (demand: Demand, rooms: Rooms) => Placement | null;

/** The ways a runtime has, in the order in which a person would want them. */
export interface Ways {
  readonly onOne: Way;
  readonly onSeveral: Way;
  readonly withOffload: Way;
  /** The most bytes of a model that these places hold together, in whichever of the ways holds most. */
  readonly reachBytes: (rooms: Rooms) => number;
}

const NO_WAY: Way = () => null;

const ALL_OFFLOADS: readonly Offload[] = ["experts", "layers"];

/** What the runtime of a scenario can do with this architecture; without one, what llama.cpp can. */
export function waysOf(architecture: Architecture, scenario: Scenario): Ways {
  const { runtime } = scenario;
  const split = splitChoice(architecture, scenario);
  if (runtime?.reserve.kind === "share") {
    const serving = { reserve: runtime.reserve, shards: shardsOf(architecture) };
    return {
      onOne: (demand, rooms) => serveOnOne(demand, rooms, serving),
      ...SERVED_ON_SEVERAL[split.kind](serving),
      withOffload: NO_WAY,
    };
  }
  const offloads = runtime?.offloads ?? ALL_OFFLOADS;
  const needsCard = runtime?.runsOnProcessor === false;
  return {
    onOne: (demand, rooms) => (needsCard && rooms.cards.length === 0 ? null : placeOnOne(demand, rooms)),
    onSeveral: severalWay(split, architecture),
    withOffload:
      offloads.length === 0 ? NO_WAY : (demand, rooms) => placeWithOffload(demand, rooms, offloads),
    reachBytes: ({ cards, ram }) => {
      const together = cards.slice(0, split.kind === "none" ? 1 : cards.length);
      const usesRam = cards.length === 0 ? !needsCard : offloads.length > 0;
      const places = ram === null || !usesRam ? together : [...together, ram];
      return places.reduce((sum, room) => sum + freeBytes(room), 0);
    },
  };
}

type OnSeveral = Pick<Ways, "onSeveral" | "reachBytes">;

const SERVED_ON_SEVERAL: Readonly<Record<SplitChoice["kind"], (serving: Serving) => OnSeveral>> = {
  tensor: (serving) => ({
    onSeveral: (demand, rooms) => serveOnSeveral(demand, rooms, serving),
    reachBytes: ({ cards }) => servingReachBytes(cards, serving),
  }),
  layer: (serving) => ({
    onSeveral: (demand, rooms) => serveInPipeline(demand, rooms, serving),
    reachBytes: ({ cards }) => pipelineReachBytes(cards, serving),
  }),
  none: (serving) => ({
    onSeveral: NO_WAY,
    reachBytes: ({ cards }) => servingReachBytes(cards.slice(0, 1), serving),
  }),
};

function severalWay({ kind }: SplitChoice, architecture: Architecture): Way {
  switch (kind) {
    case "layer":
      return placeOnSeveral;
    case "tensor": {
      const shards = shardsOf(architecture);
      return (demand, rooms) => splitByTensors(demand, rooms, shards);
    }
    case "none":
      return NO_WAY;
  }
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
