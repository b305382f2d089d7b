import type { SpeedRow } from "./speed-row.ts";

/**
 * True for builds of llama.cpp that launch each operation on its own: before CUDA graphs and the like became the
 * default in the summer of 2024. The scoreboard of Apple chips (discussion 4167) began in November 2023 and states no
 * build per row; what ran on chips of 2024 and later cannot be that old, the others are taken to be.
 */
export function isOldBuild(row: SpeedRow): boolean {
  if (row.build.startsWith("8e672ef")) return !/M3 Ultra|M4|M5/.test(row.device);
  return /^(2023|2024-0[1-7]|b1786$)/.test(row.build);
}
