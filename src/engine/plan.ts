import type { Card } from "./card.ts";
import { cheapestChanges, type Change } from "./cheapest-change.ts";
import type { Fit } from "./fit.ts";
import { cardsThatHold, type CardCount } from "./hardware-for.ts";
import type { QuantizationName } from "./quantization.ts";
import {
  bestQuantization,
  highestParallelism,
  holds,
  longestContext,
  type Asked,
  type Where,
} from "./search.ts";

/** What of a model would be possible: here, after a change, and on other hardware. */
export interface Plan {
  /** What the answers below are for, but the best quantization. */
  readonly quantization: QuantizationName;
  readonly onCards: Reach;
  /** With RAM as well. */
  readonly anywhere: Reach;
  /** Ways to have it on the cards, the cheapest first; empty where it is. */
  readonly changes: readonly Change[];
  /** The same with what is free now; empty where that is enough. */
  readonly changesNow: readonly Change[];
  /** Cards of the database of which one to sixteen would hold it, the fewest and smallest first. */
  readonly cards: readonly CardCount[];
}

/** How far a machine goes; null where it does not hold it at all. */
export interface Reach {
  /** At the quantization planned for, up to what the model was trained for. */
  readonly longestContext: number | null;
  /** With the context asked for. */
  readonly bestQuantization: QuantizationName | null;
  /** Sequences at once, with the quantization and context. */
  readonly highestParallelism: number | null;
}

/** The plan for a fit, at the quantization it is for; null where a fact is missing, which the fit names. */
export function planFor(asked: Asked, fit: Fit, cards: readonly Card[]): Plan | null {
  const { quantization } = fit;
  if (quantization === null) return null;
  return {
    quantization,
    onCards: reachOf(asked, quantization, "cards"),
    anywhere: reachOf(asked, quantization, "anywhere"),
    changes: cheapestChanges(asked, quantization),
    changesNow: cheapestChanges(asked, quantization, true),
    cards: cardsThatHold(asked, cards, quantization),
  };
}

/** What is in RAM already is no change: only what brings it to the cards is left. */
export function newWays(
  { changes }: Pick<Plan, "changes">,
  { verdict }: Pick<Fit, "verdict">,
): readonly Change[] {
  if (verdict.kind !== "runs-with-offload") return changes;
  return changes.filter(({ levers }) => levers.every(({ kind }) => kind !== "offload"));
}

function reachOf(asked: Asked, quantization: QuantizationName, where: Where): Reach {
  const isHeld = holds(asked, quantization, where, asked.scenario);
  return {
    longestContext: longestContext(asked, quantization, where),
    bestQuantization: bestQuantization(asked, where),
    highestParallelism: isHeld ? highestParallelism(asked, quantization, where) : null,
  };
}
