import type { WindowPlace } from "./settings-schema.ts";

/** A rectangle as Electron tells of displays. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Enough of a window to take hold of it. */
const VISIBLE_MIN_PX = 100;

/** What a window opens with where it has no place yet. */
export const FIRST_SIZE = { width: 1200, height: 820 } as const;

/**
 * Where a window opens: where it was, if a display is still there; otherwise in that size wherever the system puts
 * it, and never larger than a display.
 */
export function openingPlace(kept: WindowPlace | null, displays: readonly Area[]): Partial<Area> {
  if (kept === null) return FIRST_SIZE;
  const { x, y } = kept;
  const width = Math.min(kept.width, Math.max(...displays.map((area) => area.width)));
  const height = Math.min(kept.height, Math.max(...displays.map((area) => area.height)));
  if (!Number.isFinite(width) || !Number.isFinite(height)) return FIRST_SIZE; // no display at all
  const isVisible = displays.some((area) => overlapPx({ x, y, width, height }, area) >= VISIBLE_MIN_PX);
  return isVisible ? { x, y, width, height } : { width, height };
}

/** The smaller side of what two rectangles share. */
function overlapPx(one: Area, other: Area): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return Math.min(across, down);
}
