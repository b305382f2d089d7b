import { bytesToGb, bytesToGib } from "#engine/units.ts";

/** "23.5 GiB". */
export function gibText(bytes: number): string {
  return `${bytesToGib(bytes).toFixed(1)} GiB`;
}

/** "4.9 GB", as hubs print file sizes. */
export function gbText(bytes: number): string {
  return `${bytesToGb(bytes).toFixed(1)} GB`;
}

/** "131,072". */
export function countText(count: number): string {
  return count.toLocaleString("en-US");
}
