import { isKnown } from "#engine/fact.ts";
import type { AcceleratorVendor } from "#engine/accelerator-vendor.ts";
import type { AcceleratorBackend } from "#engine/speed/backend.ts";
import { decodeParts, type DecodeDevice, type TimedPart } from "#engine/speed/decode-parts.ts";
import { expertType, usesCodebook } from "#engine/speed/packing.ts";
import type { DecodeConstants, LinkConstants, ProcessorConstants } from "#engine/speed/speed-constants.ts";
import { backendOf, type Cell } from "../cells.ts";
import type { ReadParameter } from "./parameters.ts";

/** A class of accelerators, or what it falls back to where parts are null. */
export interface HardwareClass {
  readonly vendor: AcceleratorVendor | null;
  readonly generation: string | null;
  readonly backend: AcceleratorBackend;
}

/** Values an assumption rests on until rows move them; a factor, and by how much of itself it may be off. */
const BELIEFS = {
  bandwidthEfficiency: [0.85, 0.3],
  layerOverheadMs: [0.08, 1],
  expertEfficiency: [0.85, 0.3],
  cacheEfficiency: [0.9, 0.2],
  attentionBytesPerOperation: [0.15, 1],
  expertLayerFactor: [1, 1],
  recurrentLayerFactor: [0.5, 1],
  oldBuildFactor: [1.3, 0.5],
  cardHandoverMs: [0.2, 1],
  expertHandoverMs: [0.05, 1],
  processorBandwidthEfficiency: [0.7, 0.2],
  processorCacheEfficiency: [0.5, 0.3],
  processorLayerOverheadMs: [0.05, 1],
  codebookWeightsPerSecondPerCore: [18e9, 0.4],
} as const satisfies Record<string, readonly [value: number, deviation: number]>;

type Belief = keyof typeof BELIEFS;

/** How far a maker with a back end, a generation, or a back end may be from all others, as logarithms. */
const DEVIATIONS = {
  bandwidthEfficiency: { maker: 0.1, generation: 0.1 },
  layerOverheadMs: { maker: 0.5, generation: 0.3 },
  expertLayerFactor: { maker: 0.3 },
  recurrentLayerFactor: { backend: 0.5 },
  cacheEfficiency: { backend: 0.15 },
  attentionBytesPerOperation: { backend: 0.6 },
} as const;

function base(read: ReadParameter, name: Belief): number {
  const [value, deviation] = BELIEFS[name];
  return read(name, { mean: Math.log(value), deviation });
}

function off(read: ReadParameter, name: string, deviation: number): number {
  return read(name, { mean: 0, deviation });
}

/** A share cannot pass 1. */
function share(logarithm: number): number {
  return Math.exp(Math.min(0, logarithm));
}

/** The constants of a class, as the parameters have them. */
export function decodeConstants(read: ReadParameter, of: HardwareClass): DecodeConstants {
  const { backend } = of;
  const maker = of.vendor === null ? null : `${of.vendor} ${backend}`;
  const generation = of.generation === null || maker === null ? null : `${maker} ${of.generation}`;
  const ofMaker = (name: "bandwidthEfficiency" | "layerOverheadMs" | "expertLayerFactor"): number =>
    maker === null ? 0 : off(read, `${name} ${maker}`, DEVIATIONS[name].maker);
  const ofGeneration = (name: "bandwidthEfficiency" | "layerOverheadMs"): number =>
    generation === null ? 0 : off(read, `${name} ${generation}`, DEVIATIONS[name].generation);
  const ofBackend = (
    name: "recurrentLayerFactor" | "cacheEfficiency" | "attentionBytesPerOperation",
  ): number => off(read, `${name} ${backend}`, DEVIATIONS[name].backend);
  const whole = (name: "bandwidthEfficiency" | "layerOverheadMs"): number =>
    base(read, name) + ofMaker(name) + ofGeneration(name);
  return {
    bandwidthEfficiency: share(whole("bandwidthEfficiency")),
    expertEfficiency: expertEfficiencies(read, backend),
    cacheEfficiency: share(base(read, "cacheEfficiency") + ofBackend("cacheEfficiency")),
    attentionBytesPerOperation: Math.exp(
      base(read, "attentionBytesPerOperation") + ofBackend("attentionBytesPerOperation"),
    ),
    layerOverheadMs: Math.exp(whole("layerOverheadMs")),
    expertLayerFactor: Math.exp(base(read, "expertLayerFactor") + ofMaker("expertLayerFactor")),
    recurrentLayerFactor: Math.exp(base(read, "recurrentLayerFactor") + ofBackend("recurrentLayerFactor")),
  };
}

/** The same for all back ends, but for 16-bit experts under Vulkan, which has no fast path for them. */
function expertEfficiencies(
  read: ReadParameter,
  backend: AcceleratorBackend,
): DecodeConstants["expertEfficiency"] {
  const [value, deviation] = BELIEFS.expertEfficiency;
  const of = (packing: string): number =>
    share(read(`expertEfficiency ${packing}`, { mean: Math.log(value), deviation }));
  return {
    mxfp4: of("mxfp4"),
    packed: of("packed"),
    "eight-bit": of("eight-bit"),
    "sixteen-bit": of(backend === "vulkan" ? "sixteen-bit vulkan" : "sixteen-bit"),
  };
}

/** Fixed by choice, not by rows. */
const SERVER_FROM = 200e9;

/** The part of the processor's constants that decoding fits. */
export type ProcessorDecode = Omit<
  ProcessorConstants,
  "prefillFlopsPerCore" | "assumedRamBytesPerSecond" | "assumedRamUpToBytes"
>;

export function processorConstants(read: ReadParameter): ProcessorDecode {
  const efficiency = base(read, "processorBandwidthEfficiency");
  const overhead = base(read, "processorLayerOverheadMs");
  const of = (name: string, deviation: number, logarithm: number): number =>
    logarithm + off(read, name, deviation);
  return {
    bandwidthEfficiency: share(of("processorBandwidthEfficiency pc", 0.15, efficiency)),
    cacheEfficiency: share(base(read, "processorCacheEfficiency")),
    layerOverheadMs: Math.exp(of("processorLayerOverheadMs pc", 1, overhead)),
    serverFromBytesPerSecond: SERVER_FROM,
    serverBandwidthEfficiency: share(of("processorBandwidthEfficiency server", 0.15, efficiency)),
    serverLayerOverheadMs: Math.exp(of("processorLayerOverheadMs server", 1, overhead)),
    codebookWeightsPerSecondPerCore: Math.exp(base(read, "codebookWeightsPerSecondPerCore")),
  };
}

/** The part of the links' constants that decoding fits. */
export type LinkDecode = Pick<LinkConstants, "cardHandoverMs" | "expertHandoverMs">;

export function linkConstants(read: ReadParameter): LinkDecode {
  return {
    cardHandoverMs: Math.exp(base(read, "cardHandoverMs")),
    expertHandoverMs: Math.exp(base(read, "expertHandoverMs")),
  };
}

/** How much longer old builds take over a layer, by back end. */
export function oldBuildFactor(read: ReadParameter, backend: AcceleratorBackend): number {
  const [value, deviation] = BELIEFS.oldBuildFactor;
  return Math.exp(read(`oldBuildFactor ${backend}`, { mean: Math.log(value), deviation }));
}

/** Which build a prediction is for: the row's, or what people run now whatever the row's. */
export type BuildAge = "as measured" | "current";

/** The engine's time for a cell, in parts. */
export function predictDecode(cell: Cell, read: ReadParameter, age: BuildAge): readonly TimedPart[] {
  const rest = { prefillFlopsPerCore: 0, assumedRamBytesPerSecond: 0, assumedRamUpToBytes: 0 };
  const processor = { ...processorConstants(read), ...rest };
  const links = {
    ...linkConstants(read),
    allReduceMs: 0,
    pipelineOverlap: 0,
    streamingEfficiency: 1,
    assumedLinkBytesPerSecond: 1,
  };
  const devices = cell.works.map((work, index): DecodeDevice => {
    const isRam = cell.placement.devices[index]?.memoryKind === "system";
    return isRam ? ramDevice(cell, work) : cardDevice(cell, work, read, age);
  });
  const job = {
    placementKind: cell.placement.kind,
    devices,
    experts: expertType(cell.packing),
    usesCodebook: usesCodebook(cell.packing),
    coreCount: cell.processor?.coreCount ?? null,
  };
  return decodeParts(job, { processor, links });
}

function ramDevice({ processor }: Cell, work: DecodeDevice["work"]): DecodeDevice {
  if (processor === null) throw new Error("a cell with layers in RAM has no processor");
  return { kind: "ram", work, bandwidthBytesPerSecond: processor.ramBytesPerSecond, computeSeconds: 0 };
}

function cardDevice(
  cell: Cell,
  work: DecodeDevice["work"],
  read: ReadParameter,
  age: BuildAge,
): DecodeDevice {
  const { accelerator } = cell;
  const backend = backendOf(cell);
  if (accelerator === null || backend === null || !isKnown(accelerator.bandwidthBytesPerSecond))
    throw new Error(`a cell on ${cell.row.device} has no accelerator`);
  const { vendor, generation } = accelerator;
  const constants = decodeConstants(read, { vendor, generation, backend });
  const slower = cell.isOldBuild && age === "as measured" ? oldBuildFactor(read, backend) : 1;
  return {
    kind: "accelerator",
    work,
    backend,
    bandwidthBytesPerSecond: accelerator.bandwidthBytesPerSecond.value,
    constants: { ...constants, layerOverheadMs: constants.layerOverheadMs * slower },
    computeSeconds: 0,
  };
}
