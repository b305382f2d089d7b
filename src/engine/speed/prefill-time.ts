import { touchedFraction, type DeviceWork } from "./device-share.ts";
import type { PrefillConstants } from "./speed-constants.ts";

const MS_PER_SECOND = 1000;

/** Seconds of one batch of prompt tokens on one device, by what is uncertain in its own way. */
export interface PrefillSeconds {
  /** Multiplying, reading the weights once, and the overhead of each layer. */
  readonly matricesSeconds: number;
  readonly attentionSeconds: number;
}

/** What of an accelerator its time depends on. */
export interface PrefillFacts {
  readonly bandwidthBytesPerSecond: number;
  /** What the class's constants make of the published peak: operations per second that matrices reach. */
  readonly matrixFlops: number;
}

/**
 * An accelerator's time for a batch: operations ÷ rate, and each weight read once. A batch touches nearly all experts
 * while each works for few tokens, which is why mixtures gain less from a batch than their active parameters suggest.
 */
export function acceleratorPrefillSeconds(
  work: DeviceWork,
  batchTokenCount: number,
  facts: PrefillFacts,
  constants: PrefillConstants,
): PrefillSeconds {
  const touched = touchedFraction(work.activeExpertFraction, batchTokenCount);
  const readBytes = work.layerBytes + work.allExpertBytes * touched;
  const operations = work.denseOperations + work.expertOperations / constants.expertEfficiency;
  return {
    matricesSeconds:
      (operations * batchTokenCount) / facts.matrixFlops +
      readBytes / (facts.bandwidthBytesPerSecond * constants.bandwidthEfficiency) +
      ((work.layerCount + work.expertLayerCount) * constants.layerOverheadMs) / MS_PER_SECOND,
    attentionSeconds:
      (work.promptAttentionOperations * batchTokenCount) /
      (facts.matrixFlops * constants.attentionEfficiency),
  };
}
