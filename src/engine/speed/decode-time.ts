import type { DeviceWork } from "./device-share.ts";
import type { DecodeConstants, ExpertType, ProcessorConstants } from "./speed-constants.ts";

const MS_PER_SECOND = 1000;

/** Seconds of one token on one device, by what is uncertain in its own way. */
export interface DecodeSeconds {
  /** Reading weights, and the overhead of each layer. */
  readonly weightsSeconds: number;
  /** Reading cache and state, and attention over it. */
  readonly cacheSeconds: number;
}

/**
 * An accelerator's time for one token: `bytes ÷ (bandwidth × efficiency)`, and a fixed time for each layer. The form
 * was chosen on measured rates; without the fixed time the fast memories of today look slow on small models.
 */
export function acceleratorDecodeSeconds(
  work: DeviceWork,
  bandwidthBytesPerSecond: number,
  constants: DecodeConstants,
  experts: ExpertType,
): DecodeSeconds {
  const expertBytes = work.expertBytes / constants.expertEfficiency[experts];
  const layers =
    work.layerCount +
    work.expertLayerCount * constants.expertLayerFactor +
    work.recurrentLayerCount * constants.recurrentLayerFactor;
  const cacheBytes =
    work.cacheBytes / constants.cacheEfficiency +
    work.attentionOperations * constants.attentionBytesPerOperation;
  return {
    weightsSeconds:
      (work.denseBytes + expertBytes) / (bandwidthBytesPerSecond * constants.bandwidthEfficiency) +
      (layers * constants.layerOverheadMs) / MS_PER_SECOND,
    cacheSeconds: cacheBytes / bandwidthBytesPerSecond,
  };
}

/** What of a processor its time depends on. */
export interface ProcessorFacts {
  readonly ramBytesPerSecond: number;
  /** Null where nobody says: then types with a codebook are taken to be as fast as the others. */
  readonly coreCount: number | null;
  readonly usesCodebook: boolean;
}

/**
 * The processor's time for one token. Experts are read as well as anything else: RAM has no long lines to fill. A
 * server's many channels come with many cores to wait for; it is never taken to be slower than the fastest PC.
 */
export function processorDecodeSeconds(
  work: DeviceWork,
  facts: ProcessorFacts,
  constants: ProcessorConstants,
): DecodeSeconds {
  const { ramBytesPerSecond } = facts;
  const fromBytesPerSecond = constants.serverFromBytesPerSecond;
  const pcSeconds = weightsSeconds(
    work,
    { ...facts, constants },
    {
      bytesPerSecond: Math.min(ramBytesPerSecond, fromBytesPerSecond) * constants.bandwidthEfficiency,
      overheadMs: constants.layerOverheadMs,
    },
  );
  const serverSeconds = weightsSeconds(
    work,
    { ...facts, constants },
    {
      bytesPerSecond: ramBytesPerSecond * constants.serverBandwidthEfficiency,
      overheadMs: constants.serverLayerOverheadMs,
    },
  );
  return {
    weightsSeconds: ramBytesPerSecond < fromBytesPerSecond ? pcSeconds : Math.min(pcSeconds, serverSeconds),
    cacheSeconds: work.cacheBytes / (ramBytesPerSecond * constants.cacheEfficiency),
  };
}

function weightsSeconds(
  work: DeviceWork,
  facts: ProcessorFacts & { readonly constants: ProcessorConstants },
  { bytesPerSecond, overheadMs }: { readonly bytesPerSecond: number; readonly overheadMs: number },
): number {
  const readSeconds = (work.denseBytes + work.expertBytes) / bytesPerSecond;
  return (
    Math.hypot(readSeconds, codebookSeconds(work, facts, facts.constants)) +
    ((work.layerCount + work.expertLayerCount) * overheadMs) / MS_PER_SECOND
  );
}

/** Looking values up goes on while others are read, so the longer of the two decides, smoothly. */
function codebookSeconds(work: DeviceWork, facts: ProcessorFacts, constants: ProcessorConstants): number {
  if (!facts.usesCodebook || facts.coreCount === null) return 0;
  const weightCount = (work.denseOperations + work.expertOperations + work.outputOperations) / 2;
  return weightCount / (constants.codebookWeightsPerSecondPerCore * facts.coreCount);
}
