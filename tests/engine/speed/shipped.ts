import path from "node:path";
import { loadSpeed } from "#catalog/load-speed.ts";
import type { Card } from "#engine/card.ts";
import type { SpeedConstants } from "#engine/speed/speed-constants.ts";
import { SHIPPED } from "../../catalog/shipped.ts";

/** The constants as they ship. */
export const SHIPPED_SPEED = await shippedSpeed();

async function shippedSpeed(): Promise<SpeedConstants> {
  const loaded = await loadSpeed(path.join(import.meta.dirname, "../../../catalog"));
  if (loaded.kind === "failed") throw new Error(JSON.stringify(loaded.problems));
  return loaded.constants;
}

/** A shipped card; it must be there. */
export function shippedCard(id: string): Card {
  const card = SHIPPED.cards.find((candidate) => candidate.id === id);
  if (card === undefined) throw new Error(`the catalog has no "${id}"`);
  return card;
}
