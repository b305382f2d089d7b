import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/engine/fit.ts";
import { VERDICT_GROUPS, verdictGroup } from "../../src/engine/ranking.ts";
import {
  groupLabel,
  headingLabel,
  verdictDetail,
  verdictLabel,
  verdictNote,
} from "../../src/shared/verdict-text.ts";
import { fitOf, GIB, MIB } from "./fits.ts";

const CONTEXT = { contextLength: 8192 };
const ONE = { ...CONTEXT, deviceName: "RTX 4090", memoryKind: "dedicated" } as const;
const IN_RAM = { ...CONTEXT, deviceName: "RAM", memoryKind: "system" } as const;
const HERE = { ...CONTEXT, kind: "needs-multiple-gpus", here: true, quantization: "Q6_K" } as const;
const ELSEWHERE = { ...CONTEXT, kind: "needs-multiple-gpus", here: false, quantization: "Q4_K_M" } as const;
const OFFLOAD = { ...CONTEXT, kind: "runs-with-offload", quantization: "Q4_K_M" } as const;

const h100s = (layerCounts: readonly number[]) =>
  layerCounts.map((layerCount) => ({ name: "NVIDIA H100", layerCount }));

interface Row {
  readonly verdict: Verdict;
  readonly label: string;
  readonly note: string;
  /** Without the context. */
  readonly detail: string;
}

const ROWS: Record<string, Row> = {
  "at release precision on a card": {
    verdict: { ...ONE, kind: "fits", quantization: "BF16" },
    label: "fits",
    note: "on RTX 4090",
    detail: "As published, at BF16, it fits on one accelerator, RTX 4090.",
  },
  "at release precision in RAM": {
    verdict: { ...IN_RAM, kind: "fits", quantization: "BF16" },
    label: "fits, in RAM",
    note: "processor only",
    detail: "As published, at BF16, it fits in RAM and runs on the processor.",
  },
  "quantized on a card": {
    verdict: { ...ONE, kind: "needs-quantization", quantization: "Q5_K_M" },
    label: "needs quantization",
    note: "on RTX 4090",
    detail:
      "As published it does not fit; Q5_K_M is the best quantization that fits on one accelerator, RTX 4090.",
  },
  "quantized in RAM": {
    verdict: { ...IN_RAM, kind: "needs-quantization", quantization: "Q8_0" },
    label: "needs quantization, in RAM",
    note: "processor only",
    detail:
      "As published it does not fit; Q8_0 is the best quantization that fits in RAM and runs on the processor.",
  },
  "two unlike cards": {
    verdict: {
      ...HERE,
      cards: [
        { name: "RTX 4090", layerCount: 40 },
        { name: "RTX 3060", layerCount: 1 },
      ],
    },
    label: "needs multiple GPUs, here",
    note: "layers 40 + 1",
    detail:
      "No single card holds it; split over this machine's cards it fits at Q6_K: RTX 4090 (40 layers), RTX 3060 (1 layer).",
  },
  "two like cards with as many layers": {
    verdict: { ...HERE, cards: h100s([40, 40]) },
    label: "needs multiple GPUs, here",
    note: "layers 40 + 40",
    detail:
      "No single card holds it; split over this machine's cards it fits at Q6_K: 2 × NVIDIA H100 (40 layers each).",
  },
  "eight like cards with unlike counts": {
    verdict: { ...HERE, cards: h100s([10, 8, 8, 8, 8, 8, 8, 3]) },
    label: "needs multiple GPUs, here",
    note: "layers 10 + 8 + 8 + 8 + 8 + 8 + 8 + 3",
    detail:
      "No single card holds it; split over this machine's cards it fits at Q6_K: 8 × NVIDIA H100 (10, 8, 8, 8, 8, 8, 8 and 3 layers).",
  },
  "cards this machine lacks": {
    verdict: { ...ELSEWHERE, cardName: "RTX 3090", cardMemoryBytes: 24 * GIB, cardCount: 4 },
    label: "needs multiple GPUs, not here",
    note: "4 × RTX 3090",
    detail: "Not on this machine: at Q4_K_M it would take 4 × RTX 3090 (24.0 GiB each).",
  },
  "one card where there is none": {
    verdict: {
      ...ELSEWHERE,
      cardName: "80 GB card",
      cardMemoryBytes: 81_559 * MIB,
      cardCount: 1,
      leastCardMemoryBytes: 44 * GIB,
    },
    label: "needs a larger card",
    note: "a card of 44.0 GiB",
    detail: "Not on this machine: at Q4_K_M it would take one card of 44.0 GiB or more.",
  },
  "experts in RAM": {
    verdict: { ...OFFLOAD, inRam: "experts", layerCountInRam: 12, bytesInRam: 20 * GIB },
    label: "runs with offload",
    note: "experts of 12 layers in RAM",
    detail:
      "GPU memory alone does not hold it. At Q4_K_M, experts of 12 layers (20.0 GiB) stay in RAM, which is slower; the rest is in GPU memory.",
  },
  "the experts of one layer in RAM": {
    verdict: { ...OFFLOAD, inRam: "experts", layerCountInRam: 1, bytesInRam: 2 * GIB },
    label: "runs with offload",
    note: "experts of 1 layer in RAM",
    detail:
      "GPU memory alone does not hold it. At Q4_K_M, experts of 1 layer (2.0 GiB) stay in RAM, which is slower; the rest is in GPU memory.",
  },
  "one layer in RAM": {
    verdict: { ...OFFLOAD, inRam: "layers", layerCountInRam: 1, bytesInRam: 700 * MIB },
    label: "runs with offload",
    note: "1 layer in RAM",
    detail:
      "GPU memory alone does not hold it. At Q4_K_M, 1 layer (700 MiB) stays in RAM, which is slower; the rest is in GPU memory.",
  },
  "everything in RAM": {
    verdict: { ...OFFLOAD, inRam: "everything", layerCountInRam: 80, bytesInRam: 42 * GIB },
    label: "runs with offload",
    note: "all 80 layers in RAM",
    detail:
      "Not even one layer fits on a card. At Q4_K_M, all 80 layers (42.0 GiB) stay in RAM, which is slower.",
  },
  "too large": {
    verdict: { ...CONTEXT, kind: "too-large", quantization: "Q4_K_M", shortfallBytes: 120.25 * GIB },
    label: "too large",
    note: "120.3 GiB missing",
    detail:
      "Even at Q4_K_M it needs 120.3 GiB more than this machine can give it, and 8 cards would not hold it either.",
  },
  "a missing fact that is a sentence": {
    verdict: { ...CONTEXT, kind: "unknown", missing: "How much RAM this machine has is not known." },
    label: "unknown",
    note: "How much RAM this machine has is not known.",
    detail: "How much RAM this machine has is not known.",
  },
  "a missing fact that is a reason": {
    verdict: { ...CONTEXT, kind: "unknown", missing: "Architecture: layer numbers not found" },
    label: "unknown",
    note: "Architecture: layer numbers not found",
    detail: "Architecture: layer numbers not found.",
  },
};

describe.each(Object.entries(ROWS))("%s", (_name, { verdict, label, note, detail }) => {
  test("label", () => {
    expect(verdictLabel(verdict)).toBe(label);
  });
  test("note", () => {
    expect(verdictNote(verdict)).toBe(note);
  });
  test("sentence, and its context", () => {
    expect(verdictDetail(fitOf(verdict))).toBe(`${detail} Context: 8,192 tokens.`);
  });
});

test("like cards that do not stand side by side are still named once", () => {
  const cards = [
    { name: "A", layerCount: 20 },
    { name: "B", layerCount: 10 },
    { name: "A", layerCount: 20 },
  ];
  expect(verdictDetail(fitOf({ ...HERE, cards }))).toContain("2 × A (20 layers each), B (10 layers).");
});

test("the context is the verdict's own", () => {
  const verdict = { ...ONE, kind: "fits", quantization: "BF16", contextLength: 131_072 } as const;
  expect(verdictDetail(fitOf(verdict))).toMatch(/ Context: 131,072 tokens\.$/);
});

test("every group has words of its own", () => {
  const labels = VERDICT_GROUPS.map(groupLabel);
  expect(new Set(labels).size).toBe(VERDICT_GROUPS.length);
  expect(labels).toEqual([
    "fits",
    "needs quantization",
    "needs multiple GPUs, here",
    "runs with offload",
    "needs more or larger GPUs",
    "too large",
    "unknown",
  ]);
});

test("one larger card and several are headed apart, under the words of their group, which say both", () => {
  const several = { ...ELSEWHERE, cardName: "RTX 3090", cardMemoryBytes: 24 * GIB, cardCount: 4 };
  const one = { ...several, cardCount: 1, leastCardMemoryBytes: 44 * GIB };
  expect([one, several].map(headingLabel)).toEqual(["needs a larger card", "needs multiple GPUs, not here"]);
  expect([one, several].map((verdict) => groupLabel(verdictGroup(verdict)))).toEqual([
    "needs more or larger GPUs",
    "needs more or larger GPUs",
  ]);
});
