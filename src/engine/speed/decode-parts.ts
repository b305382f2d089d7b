import type { PlacementKind } from "#engine/fit.ts";
import type { AcceleratorBackend } from "./backend.ts";
import { acceleratorDecodeSeconds, processorDecodeSeconds, type DecodeSeconds } from "./decode-time.ts";
import type { DeviceWork } from "./device-share.ts";
import type {
  DecodeConstants,
  ExpertType,
  LinkConstants,
  ProcessorConstants,
  SpreadPart,
} from "./speed-constants.ts";

const MS_PER_SECOND = 1000;

/** A part of a time, with the spread it has. */
export interface TimedPart {
  readonly part: SpreadPart;
  readonly backend: AcceleratorBackend | null;
  readonly seconds: number;
}

/** One device's part of a job: an accelerator with its class's constants, or RAM with the processor. */
export type DecodeDevice =
  | {
      readonly kind: "accelerator";
      readonly work: DeviceWork;
      readonly bandwidthBytesPerSecond: number;
      readonly backend: AcceleratorBackend;
      readonly constants: DecodeConstants;
      /** Multiplying for further sequences of a batch; 0 for one. */
      readonly computeSeconds: number;
    }
  | {
      readonly kind: "ram";
      readonly work: DeviceWork;
      readonly bandwidthBytesPerSecond: number;
      readonly computeSeconds: number;
    };

/** All that the time of one token depends on. */
export interface DecodeJob {
  readonly placementKind: PlacementKind;
  readonly devices: readonly DecodeDevice[];
  readonly experts: ExpertType;
  readonly usesCodebook: boolean;
  readonly coreCount: number | null;
}

/** Constants that belong to no accelerator. */
export interface SharedConstants {
  readonly processor: ProcessorConstants;
  readonly links: LinkConstants;
}

/**
 * The time of one token, in parts. Devices work one after the other, so their times add up; in a tensor-parallel group
 * they work at once, the slowest decides, and they wait for each other twice a layer.
 */
export function decodeParts(job: DecodeJob, shared: SharedConstants): readonly TimedPart[] {
  const timed = job.devices.map((device) => ({ device, seconds: deviceSeconds(device, job, shared) }));
  const counted = job.placementKind === "tensor-parallel" ? slowest(timed) : timed;
  const parts = counted.flatMap(({ device, seconds }) => deviceParts(device, seconds, job));
  const waitSeconds = handoverMs(job, shared.links) / MS_PER_SECOND;
  const part = handoverPart(job.placementKind);
  return part === null ? parts : [...parts, { part, backend: null, seconds: waitSeconds }];
}

interface TimedDevice {
  readonly device: DecodeDevice;
  readonly seconds: DecodeSeconds;
}

function slowest(timed: readonly TimedDevice[]): readonly TimedDevice[] {
  return [...timed].sort((one, other) => total(other.seconds) - total(one.seconds)).slice(0, 1);
}

function total({ weightsSeconds, cacheSeconds }: DecodeSeconds): number {
  return weightsSeconds + cacheSeconds;
}

function deviceSeconds(device: DecodeDevice, job: DecodeJob, { processor }: SharedConstants): DecodeSeconds {
  const { work, bandwidthBytesPerSecond } = device;
  if (device.kind === "accelerator")
    return acceleratorDecodeSeconds(work, bandwidthBytesPerSecond, device.constants, job.experts);
  const { coreCount, usesCodebook } = job;
  return processorDecodeSeconds(
    work,
    { ramBytesPerSecond: bandwidthBytesPerSecond, coreCount, usesCodebook },
    processor,
  );
}

function deviceParts(device: DecodeDevice, seconds: DecodeSeconds, job: DecodeJob): readonly TimedPart[] {
  const backend = device.kind === "accelerator" ? device.backend : null;
  return [
    { part: weightsPart(device, job), backend, seconds: seconds.weightsSeconds + device.computeSeconds },
    { part: "decode-cache", backend, seconds: seconds.cacheSeconds },
  ];
}

function weightsPart(device: DecodeDevice, { placementKind, devices }: DecodeJob): SpreadPart {
  if (device.kind === "ram")
    return placementKind === "expert-offload" ? "decode-experts-in-ram" : "decode-processor";
  if (placementKind === "layer-split") return "decode-layer-split";
  if (placementKind === "tensor-parallel") return "decode-tensor-parallel";
  return devices.some(({ work }) => work.expertLayerCount > 0) ? "decode-experts" : "decode-dense";
}

function handoverMs({ placementKind, devices }: DecodeJob, links: LinkConstants): number {
  const cards = devices.filter(({ kind }) => kind === "accelerator");
  if (placementKind === "tensor-parallel") {
    const layerCount = Math.max(...devices.map(({ work }) => work.layerCount));
    return 2 * layerCount * links.allReduceMs;
  }
  const betweenCards = Math.max(0, cards.length - 1) * links.cardHandoverMs;
  if (placementKind !== "expert-offload") return betweenCards;
  const inRam = devices.filter(({ kind }) => kind === "ram");
  const expertLayerCount = inRam.reduce((sum, { work }) => sum + work.expertLayerCount, 0);
  return betweenCards + expertLayerCount * links.expertHandoverMs;
}

function handoverPart(kind: PlacementKind): SpreadPart | null {
  switch (kind) {
    case "layer-split":
    case "layer-offload":
      return "decode-layer-split";
    case "tensor-parallel":
      return "decode-tensor-parallel";
    case "expert-offload":
      return "decode-experts-in-ram";
    case "single":
    case "cpu":
    case "none":
      return null;
  }
}
