import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { Model } from "#engine/model.ts";
import type { QualityEstimate } from "#engine/quality.ts";
import type { SpeedEstimate } from "#engine/speed/estimate-speed.ts";

/**
 * Below this people wait for the words: English is read at 238 words a minute (Brysbaert 2019, a review of 190
 * studies), a word is about 1.3 tokens.
 */
export const READING_TOKENS_PER_SECOND = 5;

/** Where waiting begins to be over: four times the pace of reading. Our choice. */
const COMFORTABLE_TOKENS_PER_SECOND = 20;

/** Index points that halving the wait is worth where quality and speed weigh alike. Our choice. */
const POINTS_PER_HALVING = 10;

/** A page in five seconds: nobody waits for more, so more does not make up for quality. Our choice. */
const ENOUGH_TOKENS_PER_SECOND = 150;

/**
 * What a speed costs, as index points taken off: 23 at the pace of reading, 10 at 20 tokens a second, 6 at 40, 2 at 150
 * and above. So speed helps less and less.
 */
export function waitingPoints(tokensPerSecond: number): number {
  const noticed = Math.min(tokensPerSecond, ENOUGH_TOKENS_PER_SECOND);
  return POINTS_PER_HALVING * Math.log2(1 + COMFORTABLE_TOKENS_PER_SECOND / noticed);
}

/**
 * The criterion of all picks: the lower end of the quality's 80 % interval and what waiting costs, weighed, less what a
 * cramped place costs.
 */
export function utilityOf(
  quality: QualityEstimate,
  tokensPerSecond: number,
  { qualityWeight, fit }: { readonly qualityWeight: number; readonly fit: Fit },
): number {
  const waiting = (1 - qualityWeight) * waitingPoints(tokensPerSecond);
  return qualityWeight * quality.low - waiting - crampedPoints(fit) - unoptimizedPoints(fit);
}

/** Part of it in RAM beside a card: prompts are slower, and starting it takes care. Our choice. */
const IN_RAM_POINTS = 1;

/** RAM that is fuller than that leaves other programs little. Our choice. */
const FULL_RAM_FRACTION = 0.6;
const FULL_RAM_POINTS = 0.5;

/** Small costs that decide only between options of about the same quality and speed. */
export function crampedPoints({ placement: { kind, devices } }: Fit): number {
  const ram = devices.find(({ memoryKind }) => memoryKind === "system");
  if (ram === undefined) return 0;
  const isOffloaded = kind === "expert-offload" || kind === "layer-offload";
  const isFull = ram.usedBytes > FULL_RAM_FRACTION * ram.capacityBytes;
  return (isOffloaded ? IN_RAM_POINTS : 0) + (isFull ? FULL_RAM_POINTS : 0);
}

/** What the estimate of speed does not see, see below. Our choice. */
const UNOPTIMIZED_POINTS = 2;

/**
 * vLLM (0.7.3) says of bitsandbytes as it starts that it "is not fully optimized yet" and may be slower than 16 bits;
 * no rate of it was measured, so that GPTQ and AWQ of the same size come first where a server is run.
 */
function unoptimizedPoints({ quantization, scenario }: Fit): number {
  return quantization === "NF4" && scenario.runtime?.engine === "paged" ? UNOPTIMIZED_POINTS : 0;
}

/** Devices whose speed nobody knows, for putting models in order only: such figures are never shown. Our choice. */
const NOMINAL_CARD_BYTES_PER_SECOND = 400e9;
const NOMINAL_RAM_BYTES_PER_SECOND = 50e9;

/** Tokens a second for the order of options: the middle of the range, or what nominal devices would give. */
export function orderingRate(model: Model, { placement }: Fit, speed: SpeedEstimate): number {
  if (speed.kind === "known") return speed.decodeTokensPerSecond.mid;
  const { parameterCount, activeParameterCount } = model;
  const isShareKnown = isKnown(parameterCount) && isKnown(activeParameterCount);
  const activeShare = isShareKnown ? activeParameterCount.value / parameterCount.value : 1;
  const seconds = placement.devices.map(({ parts, memoryKind }) => {
    const rate = memoryKind === "system" ? NOMINAL_RAM_BYTES_PER_SECOND : NOMINAL_CARD_BYTES_PER_SECOND;
    return (parts.weightsBytes * activeShare) / rate;
  });
  return 1 / seconds.reduce((sum, each) => sum + each, 0);
}
