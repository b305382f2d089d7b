import type { PlacementKind } from "#engine/fit.ts";
import type { AcceleratorBackend } from "./backend.ts";
import type { SharedConstants, TimedPart } from "./decode-parts.ts";
import { touchedFraction, type DeviceWork } from "./device-share.ts";
import { acceleratorPrefillSeconds, type PrefillFacts } from "./prefill-time.ts";
import type { PrefillConstants } from "./speed-constants.ts";

/** One device's part of a prompt. */
export type PrefillDevice =
  | {
      readonly kind: "accelerator";
      readonly work: DeviceWork;
      readonly backend: AcceleratorBackend;
      readonly facts: PrefillFacts;
      readonly constants: PrefillConstants;
      readonly linkBytesPerSecond: number;
    }
  | { readonly kind: "ram"; readonly work: DeviceWork };

/** All that the time of a prompt depends on. */
export interface PrefillJob {
  readonly placementKind: PlacementKind;
  readonly devices: readonly PrefillDevice[];
  readonly promptLength: number;
  readonly microBatchSize: number;
  /** Null where nobody says: then a prompt on the processor alone cannot be timed. */
  readonly coreCount: number | null;
}

/** The time of a whole prompt, in parts; null where the processor's cores are not known and it works alone. */
export function prefillParts(job: PrefillJob, shared: SharedConstants): readonly TimedPart[] | null {
  const cards = job.devices.filter((device) => device.kind === "accelerator");
  const inRam = job.devices.filter((device) => device.kind === "ram");
  const [first] = cards;
  if (first === undefined) return processorParts(job, inRam, shared);
  const batchTokenCount = Math.min(job.microBatchSize, job.promptLength);
  const batchCount = job.promptLength / batchTokenCount;
  const stages = cards.map((card) => cardStage(card, cards.length, batchTokenCount));
  const streamed = inRam.map((ram) => streamedStage(ram.work, first, batchTokenCount, shared));
  const isParallel = job.placementKind === "tensor-parallel";
  const counted = isParallel ? slowestStage(stages) : [...stages.flat(), ...streamed.flat()];
  const waitedFor = isParallel
    ? batchCount
    : batchesWaitedFor(batchCount, cards.length, shared.links.pipelineOverlap);
  return counted.map((timed) => ({ ...timed, seconds: timed.seconds * waitedFor }));
}

/** Cards of a tensor-parallel group work at once. What they send each other was not measured and is not counted. */
function slowestStage(stages: readonly (readonly TimedPart[])[]): readonly TimedPart[] {
  const total = (stage: readonly TimedPart[]): number => stage.reduce((sum, { seconds }) => sum + seconds, 0);
  return [...stages].sort((one, other) => total(other) - total(one))[0] ?? [];
}

type Card = Extract<PrefillDevice, { kind: "accelerator" }>;

function cardStage(card: Card, cardCount: number, batchTokenCount: number): readonly TimedPart[] {
  const { work, backend, facts, constants } = card;
  const seconds = acceleratorPrefillSeconds(work, batchTokenCount, facts, constants);
  const ofOne = work.allExpertBytes > 0 ? "prefill-experts" : "prefill-dense";
  return [
    { part: cardCount > 1 ? "prefill-layer-split" : ofOne, backend, seconds: seconds.matricesSeconds },
    { part: "prefill-attention", backend, seconds: seconds.attentionSeconds },
  ];
}

/** Weights that stay in RAM are sent to a card for each batch and multiplied there (llama.cpp, batches of 32 and more). */
function streamedStage(
  work: DeviceWork,
  card: Card,
  batchTokenCount: number,
  { links }: SharedConstants,
): readonly TimedPart[] {
  const seconds = acceleratorPrefillSeconds(work, batchTokenCount, card.facts, card.constants);
  const touched = touchedFraction(work.activeExpertFraction, batchTokenCount);
  const sentBytes = work.layerBytes + work.allExpertBytes * touched;
  const sendSeconds = sentBytes / (card.linkBytesPerSecond * links.streamingEfficiency);
  return [
    { part: "prefill-streamed", backend: null, seconds: sendSeconds + seconds.matricesSeconds },
    { part: "prefill-attention", backend: card.backend, seconds: seconds.attentionSeconds },
  ];
}

/**
 * Batches that pass through several cards overlap: while the second card has the first batch, the first has the second.
 * The first batch goes through all of them; were the overlap whole, each later one would add one card's share.
 */
function batchesWaitedFor(batchCount: number, cardCount: number, overlap: number): number {
  return 1 + Math.max(0, batchCount - 1) * (1 - overlap * (1 - 1 / cardCount));
}

function processorParts(
  job: PrefillJob,
  inRam: readonly Extract<PrefillDevice, { kind: "ram" }>[],
  { processor }: SharedConstants,
): readonly TimedPart[] | null {
  const { coreCount, promptLength } = job;
  if (coreCount === null) return null;
  const operations = inRam.reduce(
    (sum, { work }) => sum + work.denseOperations + work.expertOperations + work.promptAttentionOperations,
    0,
  );
  const seconds = (operations * promptLength) / (processor.prefillFlopsPerCore * coreCount);
  return [{ part: "prefill-processor", backend: null, seconds }];
}
