import type { Placement, PlacedDevice, PlacementKind } from "#engine/fit.ts";
import { SPREAD_PARTS, type SpeedConstants } from "#engine/speed/speed-constants.ts";
import type { SpeedAccelerator, SpeedRam } from "#engine/speed/speed-device.ts";
import type { SpeedQuestion } from "#engine/speed/question.ts";
import { gibToBytes } from "#engine/units.ts";
import { ARCHITECTURES } from "../../fixtures/architectures.ts";

/** Round constants to reckon with by hand: half of the bandwidth, a tenth of a millisecond a layer. */
export const ROUND: SpeedConstants = {
  schemaVersion: 1,
  basis: {
    rowCount: 10,
    deviceCount: 2,
    builds: [],
    firstMonth: "2025-01",
    lastMonth: "2026-01",
    notes: [],
  },
  accelerators: [
    {
      vendor: "nvidia",
      generation: "ada",
      backend: "cuda",
      decode: {
        bandwidthEfficiency: 0.5,
        expertEfficiency: { mxfp4: 1, packed: 0.5, "eight-bit": 1, "sixteen-bit": 1 },
        cacheEfficiency: 0.5,
        attentionBytesPerOperation: 0.1,
        layerOverheadMs: 0.1,
        expertLayerFactor: 1,
        recurrentLayerFactor: 0.5,
      },
      prefill: {
        matrixEfficiency: 0.5,
        vectorEfficiency: 0.5,
        flopsPerCore: null,
        expertEfficiency: 0.5,
        attentionEfficiency: 0.5,
        bandwidthEfficiency: 0.5,
        layerOverheadMs: 0.1,
      },
      rowCount: 10,
      deviceCount: 2,
    },
  ],
  processor: {
    bandwidthEfficiency: 0.5,
    cacheEfficiency: 0.5,
    layerOverheadMs: 0.1,
    serverFromBytesPerSecond: 200e9,
    serverBandwidthEfficiency: 0.25,
    serverLayerOverheadMs: 1,
    codebookWeightsPerSecondPerCore: 10e9,
    prefillFlopsPerCore: 1e11,
    assumedRamBytesPerSecond: 50e9,
    assumedRamUpToBytes: gibToBytes(192),
  },
  links: {
    cardHandoverMs: 0.5,
    expertHandoverMs: 0.1,
    allReduceMs: 0.05,
    pipelineOverlap: 0.5,
    streamingEfficiency: 0.5,
    assumedLinkBytesPerSecond: 10e9,
  },
  runtimes: [
    { runtime: "vllm", vendor: "nvidia", decodeFactor: 2, fast: 0.9, slow: 1.1, rowCount: 3, deviceCount: 1 },
  ],
  spreads: SPREAD_PARTS.map((part) => ({
    part,
    backend: null,
    fast: 0.8,
    slow: 1.25,
    rowCount: 10,
    deviceCount: 2,
  })),
  withinDevice: {
    decode: { fast: 0.9, slow: 1.1, rowCount: 10, deviceCount: 2 },
    prefill: { fast: 0.8, slow: 1.2, rowCount: 10, deviceCount: 2 },
  },
};

const SOURCE = "test";

/** A card of a known generation, with a terabyte a second. */
export function card(bandwidthBytesPerSecond = 1e12, rest: Partial<SpeedAccelerator> = {}): SpeedAccelerator {
  return {
    kind: "accelerator",
    name: "card",
    vendor: "nvidia",
    gfxTarget: null,
    generation: "ada",
    bandwidthBytesPerSecond: { value: bandwidthBytesPerSecond, source: SOURCE },
    linkBytesPerSecond: { value: 20e9, source: SOURCE },
    matrixFlops: { value: 100e12, source: SOURCE },
    vectorFlops: { value: 50e12, source: SOURCE },
    coreCount: { missing: "no cores" },
    ...rest,
  };
}

/** RAM of a known speed. */
export function ram(bandwidthBytesPerSecond = 80e9): SpeedRam {
  return {
    kind: "ram",
    bandwidthBytesPerSecond: { value: bandwidthBytesPerSecond, source: SOURCE },
    totalBytes: gibToBytes(64),
  };
}

/** A placement of layers: on each card, and in RAM as a whole and their experts alone; null without RAM. */
export function placement(
  kind: PlacementKind,
  layersOnCards: readonly number[],
  inRam: readonly [whole: number, experts: number] | null = null,
): Placement {
  const cards = layersOnCards.map((count) => device("dedicated", count, 0));
  return { kind, devices: inRam === null ? cards : [...cards, device("system", ...inRam)] };
}

function device(
  memoryKind: PlacedDevice["memoryKind"],
  layerCount: number,
  expertLayerCount: number,
): PlacedDevice {
  const nothing = { weightsBytes: 0, kvCacheBytes: 0, recurrentStateBytes: 0 };
  return {
    name: memoryKind,
    acceleratorId: null,
    memoryKind,
    capacityBytes: 0,
    marginBytes: 0,
    usedBytes: 0,
    parts: { ...nothing, computeBufferBytes: 0, overheadBytes: 0 },
    layerCount,
    expertLayerCount,
  };
}

/** Llama 2 7B in F16 on one card, an empty cache and a prompt of 512, unless told otherwise. */
export function question(rest: Partial<SpeedQuestion> = {}): SpeedQuestion {
  return {
    architecture: ARCHITECTURES["llama-2-7b"],
    packing: { quantization: "F16", experts: "as-the-rest" },
    placement: placement("single", [32]),
    devices: [card()],
    backend: null,
    runtimeId: "llama.cpp",
    depth: 0,
    promptLength: 512,
    microBatchSize: 512,
    sequenceCount: 1,
    coreCount: 8,
    keyCacheType: "f16",
    valueCacheType: "f16",
    calibration: null,
    ...rest,
  };
}
