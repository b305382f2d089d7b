import { isKnown } from "#engine/fact.ts";
import type { AcceleratorBackend } from "#engine/speed/backend.ts";
import { matrixFlops } from "#engine/speed/matrix-flops.ts";
import { prefillParts, type PrefillDevice } from "#engine/speed/prefill-parts.ts";
import type { TimedPart } from "#engine/speed/decode-parts.ts";
import type { PrefillConstants } from "#engine/speed/speed-constants.ts";
import { backendOf, type Cell } from "../cells.ts";
import type { BuildAge, HardwareClass } from "./decode-model.ts";
import type { ReadParameter } from "./parameters.ts";

/** As in `decode-model.ts`: a value and by how much of itself it may be off. */
const BELIEFS = {
  matrixEfficiency: [0.4, 0.5],
  vectorEfficiency: [0.7, 0.5],
  flopsPerCore: [0.25e12, 0.5],
  expertEfficiency: [0.5, 0.7],
  attentionEfficiency: [0.3, 1],
  prefillBandwidthEfficiency: [0.7, 0.3],
  prefillLayerOverheadMs: [0.03, 1],
  oldBuildSlowdown: [1.1, 0.2],
  streamingEfficiency: [0.8, 0.2],
  pipelineOverlap: [0.65, 0.3],
  prefillFlopsPerCore: [0.08e12, 0.7],
} as const satisfies Record<string, readonly [value: number, deviation: number]>;

type Belief = keyof typeof BELIEFS;
type Peak = "matrixEfficiency" | "vectorEfficiency" | "flopsPerCore";

const MAKER_DEVIATION = 0.3;
const GENERATION_DEVIATION = 0.3;
const BACKEND_DEVIATION = 0.5;

/** The constants of a class, as the parameters have them. */
export function prefillConstants(read: ReadParameter, of: HardwareClass): PrefillConstants {
  const { backend } = of;
  const maker = of.vendor === null ? null : `${of.vendor} ${backend}`;
  const generation = of.generation === null || maker === null ? null : `${maker} ${of.generation}`;
  const peak = (name: Peak): number =>
    base(read, name) +
    (maker === null ? 0 : off(read, `${name} ${maker}`, MAKER_DEVIATION)) +
    (generation === null ? 0 : off(read, `${name} ${generation}`, GENERATION_DEVIATION));
  const ofMaker = (name: "expertEfficiency" | "attentionEfficiency"): number =>
    base(read, name) + (maker === null ? 0 : off(read, `prefill ${name} ${maker}`, BACKEND_DEVIATION));
  return {
    matrixEfficiency: Math.exp(peak("matrixEfficiency")),
    vectorEfficiency: Math.exp(peak("vectorEfficiency")),
    flopsPerCore: of.vendor === "apple" ? Math.exp(peak("flopsPerCore")) : null,
    expertEfficiency: Math.exp(ofMaker("expertEfficiency")),
    attentionEfficiency: Math.exp(ofMaker("attentionEfficiency")),
    bandwidthEfficiency: Math.exp(Math.min(0, base(read, "prefillBandwidthEfficiency"))),
    layerOverheadMs: Math.exp(
      base(read, "prefillLayerOverheadMs") + off(read, `prefillLayerOverheadMs ${backend}`, 1),
    ),
  };
}

/** The links' and the processor's share in a prompt. */
export function prefillShared(read: ReadParameter): {
  readonly streamingEfficiency: number;
  readonly pipelineOverlap: number;
  readonly prefillFlopsPerCore: number;
} {
  return {
    streamingEfficiency: Math.exp(Math.min(0, base(read, "streamingEfficiency"))),
    pipelineOverlap: Math.exp(Math.min(0, base(read, "pipelineOverlap"))),
    prefillFlopsPerCore: Math.exp(base(read, "prefillFlopsPerCore")),
  };
}

/** The engine's time for one prompt token of a cell, in parts; null where a peak is missing. */
export function predictPrefill(cell: Cell, read: ReadParameter, age: BuildAge): readonly TimedPart[] | null {
  const { prefillFlopsPerCore, ...links } = prefillShared(read);
  const devices: PrefillDevice[] = [];
  for (const [index, work] of cell.works.entries()) {
    const isRam = cell.placement.devices[index]?.memoryKind === "system";
    const device = isRam ? ({ kind: "ram", work } as const) : cardDevice(cell, work, read);
    if (device === null) return null;
    devices.push(device);
  }
  const { promptLength, microBatchSize, placement, processor } = cell;
  const job = {
    placementKind: placement.kind,
    devices,
    promptLength,
    microBatchSize,
    coreCount: processor?.coreCount ?? null,
  };
  const parts = prefillParts(job, {
    processor: { ...NO_PROCESSOR, prefillFlopsPerCore },
    links: { ...NO_LINKS, ...links },
  });
  const slowdown = slowdownOf(cell, read, age) / promptLength;
  return parts?.map((timed) => ({ ...timed, seconds: timed.seconds * slowdown })) ?? null;
}

/** A prompt needs nothing of these. */
const NO_PROCESSOR = {
  bandwidthEfficiency: 1,
  cacheEfficiency: 1,
  layerOverheadMs: 0,
  serverFromBytesPerSecond: 1,
  serverBandwidthEfficiency: 1,
  serverLayerOverheadMs: 0,
  codebookWeightsPerSecondPerCore: 1,
  assumedRamBytesPerSecond: 1,
  assumedRamUpToBytes: 1,
};
const NO_LINKS = { cardHandoverMs: 0, expertHandoverMs: 0, allReduceMs: 0, assumedLinkBytesPerSecond: 1 };

function slowdownOf(cell: Cell, read: ReadParameter, age: BuildAge): number {
  const backend = backendOf(cell);
  if (!cell.isOldBuild || age === "current" || backend === null) return 1;
  return oldBuildSlowdown(read, backend);
}

function oldBuildSlowdown(read: ReadParameter, backend: AcceleratorBackend): number {
  const [value, deviation] = BELIEFS.oldBuildSlowdown;
  return Math.exp(read(`oldBuildSlowdown ${backend}`, { mean: Math.log(value), deviation }));
}

function cardDevice(cell: Cell, work: PrefillDevice["work"], read: ReadParameter): PrefillDevice | null {
  const { accelerator } = cell;
  const backend = backendOf(cell);
  if (accelerator === null || backend === null || !isKnown(accelerator.bandwidthBytesPerSecond)) return null;
  const { vendor, generation } = accelerator;
  const constants = prefillConstants(read, { vendor, generation, backend });
  const flops = matrixFlops(accelerator, constants);
  if (!isKnown(flops)) return null;
  return {
    kind: "accelerator",
    work,
    backend,
    constants,
    facts: { bandwidthBytesPerSecond: accelerator.bandwidthBytesPerSecond.value, matrixFlops: flops.value },
    linkBytesPerSecond: isKnown(accelerator.linkBytesPerSecond) ? accelerator.linkBytesPerSecond.value : 1e10,
  };
}

function base(read: ReadParameter, name: Belief): number {
  const [value, deviation] = BELIEFS[name];
  return read(`prefill ${name}`, { mean: Math.log(value), deviation });
}

function off(read: ReadParameter, name: string, deviation: number): number {
  return read(name, { mean: 0, deviation });
}
