import { expect, test } from "vitest";
import type { SpeedEstimate } from "#engine/speed/estimate-speed.ts";
import { formatMeasuredRate, formatRate, formatRateRange, formatWaitRange } from "#shared/format.ts";
import { speedCellText, speedSentences } from "#shared/speed-text.ts";

test.each([
  [{ low: 83.4, high: 112 }, "83 to 110"],
  [{ low: 1234, high: 2480 }, "1,200 to 2,500"],
  [{ low: 0.4512, high: 0.62 }, "0.45 to 0.62"],
  [{ low: 95.6, high: 96.4 }, "96"],
])("a rate has two digits: %o is %s", (range, text) => {
  expect(formatRateRange(range)).toBe(text);
});

test.each([
  [{ low: 0.0461, high: 0.096 }, "0.046 to 0.096 s"],
  [{ low: 90, high: 200 }, "90 to 200 s"],
  [{ low: 246, high: 378 }, "4.1 to 6.3 min"],
])("a wait: %o is %s", (range, text) => {
  expect(formatWaitRange(range)).toBe(text);
});

test("an estimate is rounded, a measurement is not", () => {
  expect(formatRate(93.51)).toBe("94 tokens/s");
  expect(formatMeasuredRate(93.51)).toBe("93.51 tokens/s");
});

const KNOWN: SpeedEstimate = {
  kind: "known",
  decodeTokensPerSecond: { low: 20, mid: 25, high: 30 },
  totalDecodeTokensPerSecond: { low: 80, mid: 100, high: 120 },
  prefillTokensPerSecond: null,
  timeToFirstTokenSeconds: null,
  promptLength: 512,
  basis: "From 9 rates.",
  measured: true,
};

const ASKED = { depth: 4096, sequenceCount: 4 };

test("several sequences have a rate each and one in all; a prompt that is not known has no sentence", () => {
  expect(speedSentences(KNOWN, ASKED)).toEqual([
    "Writes 20 to 30 tokens/s (most likely 25 tokens/s) for each of 4 sequences after 4,096 tokens, 80 to 120 in all.",
    "Four measured rates in five lie within such a range. From 9 rates.",
    "Narrowed by rates measured on this machine.",
  ]);
});

test("the wait names the prompt that it was reckoned for", () => {
  const ranges = {
    prefillTokensPerSecond: { low: 800, mid: 900, high: 1000 },
    timeToFirstTokenSeconds: { low: 2, mid: 2.2, high: 2.6 },
  };
  const sentences = speedSentences({ ...KNOWN, ...ranges, promptLength: 2048 }, ASKED);
  expect(sentences[1]).toBe(
    "Reads a prompt of 2,048 tokens at 800 to 1,000 tokens/s: the first token comes after 2 to 2.6 s.",
  );
});

test("without a figure there is a reason", () => {
  const missing: SpeedEstimate = { kind: "missing", reason: "the bandwidth is not known" };
  expect(speedSentences(missing, ASKED)).toEqual(["No figure: the bandwidth is not known."]);
  expect(speedCellText(missing)).toBe("unknown");
});
