import { basisSentences } from "./basis.ts";
import { narrowed } from "./calibration/calibrate.ts";
import type { Range } from "./interval.ts";
import { promptSeconds } from "./prompt-times.ts";
import type { SpeedQuestion } from "./question.ts";
import { invertRange, mapRange } from "./range.ts";
import { resolve } from "./resolve.ts";
import type { Resolved } from "./resolved.ts";
import type { SpeedConstants } from "./speed-constants.ts";
import { leastSeconds, tokenSeconds } from "./token-times.ts";

/** How fast, as 80 % intervals; or what is missing for saying it. */
export type SpeedEstimate = KnownSpeed | { readonly kind: "missing"; readonly reason: string };

export interface KnownSpeed {
  readonly kind: "known";
  /** For each sequence. */
  readonly decodeTokensPerSecond: Range;
  /** Of all sequences together. */
  readonly totalDecodeTokensPerSecond: Range;
  /** Null where a fact is missing that only prompts need; `basis` says which. */
  readonly prefillTokensPerSecond: Range | null;
  /** Of a prompt of `promptLength` tokens. */
  readonly timeToFirstTokenSeconds: Range | null;
  readonly promptLength: number;
  /** What the figures rest on, for people. */
  readonly basis: string;
  /** Rates measured on this machine narrowed them. */
  readonly measured: boolean;
}

/** How fast a placed model answers. A missing fact gives the reason, never a figure. */
export function estimateSpeed(question: SpeedQuestion, constants: SpeedConstants): SpeedEstimate {
  const resolved = resolve(question, constants);
  if (resolved.kind === "missing") return resolved;
  const token = tokenSeconds(question, resolved, constants);
  if (token.kind === "missing") return token;
  const { calibration } = question;
  const perToken = notBelow(
    narrowed(token.seconds, calibration?.decode ?? null),
    leastSeconds(resolved, question, constants),
  );
  const decode = invertRange(perToken, 1);
  return {
    kind: "known",
    decodeTokensPerSecond: decode,
    totalDecodeTokensPerSecond: mapRange(decode, (rate) => rate * question.sequenceCount),
    ...promptFigures(question, resolved, { constants, perToken }),
    promptLength: question.promptLength,
    measured: calibration !== null,
  };
}

/** The rates of a prompt, and the sentences under all figures. */
function promptFigures(
  question: SpeedQuestion,
  resolved: Resolved,
  { constants, perToken }: { readonly constants: SpeedConstants; readonly perToken: Range },
): Pick<KnownSpeed, "prefillTokensPerSecond" | "timeToFirstTokenSeconds" | "basis"> {
  const basis = basisSentences(question, resolved, constants);
  const prompt = promptSeconds(question, resolved, constants);
  if (prompt.kind === "missing") {
    return {
      prefillTokensPerSecond: null,
      timeToFirstTokenSeconds: null,
      basis: [...basis, `No figure for prompts: ${prompt.reason}.`].join(" "),
    };
  }
  const seconds = narrowed(prompt.seconds, question.calibration?.prefill ?? null);
  return {
    prefillTokensPerSecond: invertRange(seconds, question.promptLength),
    timeToFirstTokenSeconds: {
      low: seconds.low + perToken.low,
      mid: seconds.mid + perToken.mid,
      high: seconds.high + perToken.high,
    },
    basis: basis.join(" "),
  };
}

function notBelow(range: Range, least: number): Range {
  return mapRange(range, (seconds) => Math.max(seconds, least));
}
