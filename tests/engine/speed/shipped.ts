import type { Card } from "#engine/card.ts";
import type { SpeedConstants } from "#engine/speed/speed-constants.ts";
import { SHIPPED } from "../../catalog/shipped.ts";

/** The constants as they ship. */
export const SHIPPED_SPEED = shippedSpeed();

function shippedSpeed(): SpeedConstants {
  const { speed, problems } = SHIPPED;
  if (speed === null) throw new Error(JSON.stringify(problems));
  return speed;
}

/** A shipped card; it must be there. */
export function shippedCard(id: string): Card {
  const card = SHIPPED.cards.find((candidate) => candidate.id === id);
  if (card === undefined) throw new Error(`the catalog has no "${id}"`);
  return card;
}
