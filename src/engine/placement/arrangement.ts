import type { Room } from "./rooms.ts";

/** Which places to use, and what is left in RAM: llama.cpp's `--n-gpu-layers` and `--n-cpu-moe`, seen from RAM. */
export interface Arrangement {
  /** In the order in which they take layers. */
  readonly cards: readonly Room[];
  readonly ram: Room | null;
  /** The first layers, as a whole. */
  readonly layersInRam: number;
  /** The first layers, only their routed experts; counted from the first layer, as llama.cpp does. */
  readonly expertLayersInRam: number;
}
