import type { TimedPart } from "./decode-parts.ts";
import type { Spread, SpreadPart } from "./speed-constants.ts";

/** A figure with its 80 % interval: four measured rates in five lie between `low` and `high`. */
export interface Range {
  readonly low: number;
  readonly mid: number;
  readonly high: number;
}

/** What makes an interval wider than its parts are. */
export interface Doubt {
  /** An accelerator of a generation that has no rows: its maker's constants were used. */
  readonly isGenerationUnknown: boolean;
  /** RAM whose speed is an assumption. */
  readonly isRamAssumed: boolean;
}

export const NO_DOUBT: Doubt = { isGenerationUnknown: false, isRamAssumed: false };

/**
 * The whole time, and how short and how long it may be. Each part has a spread of its own, and they are added as if
 * all were off in the same direction: parts of one device mostly are.
 */
export function secondsRange(parts: readonly TimedPart[], spreads: readonly Spread[], doubt: Doubt): Range {
  const factors = parts.map((timed) => ({ seconds: timed.seconds, ...spreadFactors(timed, spreads, doubt) }));
  return {
    low: factors.reduce((sum, { seconds, fast }) => sum + seconds * fast, 0),
    mid: factors.reduce((sum, { seconds }) => sum + seconds, 0),
    high: factors.reduce((sum, { seconds, slow }) => sum + seconds * slow, 0),
  };
}

interface Factors {
  readonly fast: number;
  readonly slow: number;
}

const CERTAIN: Factors = { fast: 1, slow: 1 };

function spreadFactors({ part, backend }: TimedPart, spreads: readonly Spread[], doubt: Doubt): Factors {
  const named = (name: SpreadPart): Factors => spreads.find((spread) => spread.part === name) ?? CERTAIN;
  const ofBackend = spreads.find((spread) => spread.part === part && spread.backend === backend);
  const ofAny = spreads.find((spread) => spread.part === part && spread.backend === null);
  const own = ofBackend ?? ofAny ?? CERTAIN;
  const doubts = [
    ...(doubt.isGenerationUnknown ? UNKNOWN_GENERATION.filter(([name]) => name === part) : []),
    ...(doubt.isRamAssumed ? ASSUMED_RAM.filter(([name]) => name === part) : []),
  ].map(([, name]) => named(name));
  return {
    fast: doubts.reduce((factor, { fast }) => factor * fast, own.fast),
    slow: doubts.reduce((factor, { slow }) => factor * slow, own.slow),
  };
}

type WidenedBy = readonly (readonly [part: SpreadPart, by: SpreadPart])[];

/** Parts on an accelerator, and what widens them where its generation has no rows. */
const UNKNOWN_GENERATION: WidenedBy = [
  ["decode-dense", "decode-unknown-generation"],
  ["decode-experts", "decode-unknown-generation"],
  ["decode-layer-split", "decode-unknown-generation"],
  ["decode-tensor-parallel", "decode-unknown-generation"],
  ["prefill-dense", "prefill-unknown-generation"],
  ["prefill-experts", "prefill-unknown-generation"],
  ["prefill-attention", "prefill-unknown-generation"],
  ["prefill-layer-split", "prefill-unknown-generation"],
];

/** Parts that read RAM. */
const ASSUMED_RAM: WidenedBy = [
  ["decode-processor", "assumed-ram"],
  ["decode-experts-in-ram", "assumed-ram"],
];
