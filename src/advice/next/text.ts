import { bytesToGb, bytesToGib } from "#engine/units.ts";
import { fixedText, numberText } from "#words/numbers.ts";

/** "23.5 GiB". */
export function gibText(bytes: number): string {
  return `${fixedText(bytesToGib(bytes), 1)} GiB`;
}

/** "4.9 GB", as hubs print file sizes. */
export function gbText(bytes: number): string {
  return `${fixedText(bytesToGb(bytes), 1)} GB`;
}

/** "131,072". */
export function countText(count: number): string {
  return numberText(count);
}
