import type { Fit, MemoryBreakdown, PlacedDevice, Verdict } from "../../src/engine/fit.ts";
import { DEFAULT_SCENARIO } from "../../src/engine/scenario.ts";

export const MIB = 1024 ** 2;
export const GIB = 1024 ** 3;

/** A card of 24 GiB that holds 20.5 GiB of ten layers, unless told otherwise. */
export function placedDevice(change: Partial<PlacedDevice> = {}): PlacedDevice {
  return {
    name: "RTX 3090",
    acceleratorId: "card-0",
    memoryKind: "dedicated",
    capacityBytes: 24 * GIB,
    marginBytes: 256 * MIB,
    usedBytes: 20.5 * GIB,
    parts: {
      weightsBytes: 18 * GIB,
      kvCacheBytes: 1.5 * GIB,
      recurrentStateBytes: 0,
      computeBufferBytes: 512 * MIB,
      overheadBytes: 512 * MIB,
    },
    layerCount: 10,
    expertLayerCount: 0,
    ...change,
  };
}

/** RAM of 64 GiB that holds nothing but an embedding table of 1 GiB, unless told otherwise. */
export function placedRam(change: Partial<PlacedDevice> = {}): PlacedDevice {
  return placedDevice({
    name: "RAM",
    acceleratorId: null,
    memoryKind: "system",
    capacityBytes: 64 * GIB,
    marginBytes: 6.4 * GIB,
    usedBytes: GIB,
    parts: {
      weightsBytes: GIB,
      kvCacheBytes: 0,
      recurrentStateBytes: 0,
      computeBufferBytes: 0,
      overheadBytes: 0,
    },
    layerCount: 0,
    ...change,
  });
}

/** A need of 40 GiB. */
export const NEED_40_GIB: MemoryBreakdown = {
  weightsBytes: 36 * GIB,
  embeddingCopyBytes: 0,
  kvCacheBytes: 3 * GIB,
  recurrentStateBytes: 0,
  computeBufferBytes: 0.5 * GIB,
  overheadBytes: 0.5 * GIB,
  totalBytes: 40 * GIB,
};

/** An answer with that verdict, and nothing placed unless told otherwise. */
export function fitOf(verdict: Verdict, change: Partial<Fit> = {}): Fit {
  return {
    modelId: "test",
    scenario: { ...DEFAULT_SCENARIO, contextLength: verdict.contextLength },
    verdict,
    quantization: "Q4_K_M",
    memory: NEED_40_GIB,
    placement: { kind: "none", devices: [] },
    caveats: [],
    ...change,
  };
}
