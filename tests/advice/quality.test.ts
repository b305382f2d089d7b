import { describe, expect, test } from "vitest";
import { compare } from "../../src/advice/compare.ts";
import { knownQuality, optionOf } from "../../src/advice/option.ts";
import { addLosses, cacheLoss, lessLoss, packingLoss } from "../../src/advice/quality/losses.ts";
import { publishedQuality, qualityBook } from "../../src/advice/quality/published-quality.ts";
import { kvCacheLoss, qualitiesOf, quantizationLoss } from "../../src/engine/quality.ts";
import { DEFAULT_SCENARIO } from "../../src/engine/scenario.ts";
import { estimateBuild } from "../../src/engine/estimate.ts";
import { optionText, weakestOfText } from "../../src/shared/advice-text.ts";
import { askedQualityText, qualityText } from "../../src/shared/quality-text.ts";
import { data, modelNamed, questionOn } from "./catalog-data.ts";

const { quality } = data;
const book = qualityBook(quality);

describe("published quality", () => {
  test("is the entry with the best lower end, or the one that does not think where that is asked for", () => {
    const modes = qualitiesOf(quality, "qwen3-30b-a3b", "general").map(({ mode }) => mode);
    expect(modes).toContain("thinking");
    const ask = (answering: "best" | "quick") =>
      publishedQuality(book, "qwen3-30b-a3b", { task: "general", language: null, answering }).evidence;
    expect(ask("best")).toMatchObject({ kind: "scored", entry: { mode: "thinking" } });
    expect(ask("quick")).toMatchObject({ kind: "scored", entry: { mode: "non-thinking" } });
  });

  test("without a score at the task is where models of such another index lie, and no evidence", () => {
    const { evidence, estimate } = publishedQuality(book, "mistral-7b", {
      task: "chat",
      language: null,
      answering: "best",
    });
    expect(evidence.kind).toBe("none");
    const [general] = qualitiesOf(quality, "mistral-7b", "general");
    const gap = book.gapOf("chat", "general");
    expect(estimate.low).toBeCloseTo((general?.low ?? NaN) + gap.low, 9);
  });

  test("without any score is the interval of 80 % of the models", () => {
    const unknown = publishedQuality(book, "nobody", { task: "code", language: null, answering: "best" });
    expect(unknown).toEqual({
      evidence: { kind: "none", from: null, language: null },
      estimate: book.spreadOf("code"),
    });
    expect(book.spreadOf("code").low).toBeLessThan(book.spreadOf("code").index);
  });

  test("in a language is that language's", () => {
    const [entry] = qualitiesOf(quality, "mixtral-8x7b", "multilingual");
    const french = publishedQuality(book, "mixtral-8x7b", {
      task: "multilingual",
      language: "french",
      answering: "best",
    });
    expect(entry?.languages.french).toBeDefined();
    expect(french.estimate).toEqual(entry?.languages.french);
  });
});

describe("losses", () => {
  const model = modelNamed("llama-3-8b");

  test("of the release precision and of 16 bit are nothing", () => {
    expect(packingLoss(quality, model, "BF16", "general")?.points).toBe(0);
    expect(packingLoss(quality, modelNamed("gpt-oss-20b"), "MXFP4", "general")?.points).toBe(0);
  });

  test("of a packing are the engine's, times the task's factor", () => {
    const points = quantizationLoss(quality, "Q4_K_M", 8e9)?.points ?? NaN;
    const factor = quality.taskLossFactors.find(({ task }) => task === "code")?.factor ?? NaN;
    expect(packingLoss(quality, model, "Q4_K_M", "general")?.points).toBe(points);
    const code = packingLoss(quality, model, "Q4_K_M", "code");
    expect(code?.points).toBeCloseTo(points * factor, 9);
    expect(code?.low).toBeLessThan(code?.points ?? NaN);
    expect(code?.high).toBeGreaterThan(code?.points ?? NaN);
  });

  test("of a cache are those of the dearer of keys and values", () => {
    const scenario = { ...DEFAULT_SCENARIO, valueCacheType: "q4_0" as const };
    expect(cacheLoss(quality, scenario)?.points).toBe(kvCacheLoss(quality, "q4_0")?.points);
  });

  test("add up, and widen the interval of what is left", () => {
    const loss = addLosses({ points: 1, low: 0.6, high: 1.6 }, { points: 2, low: 1.7, high: 2.8 });
    expect(loss.points).toBe(3);
    expect(loss.high).toBeCloseTo(3 + Math.hypot(0.6, 0.8), 9);
    const left = lessLoss({ index: 60, low: 58, high: 62 }, loss);
    expect(left.index).toBe(57);
    expect(left.low).toBeCloseTo(57 - Math.hypot(2, 1), 9);
  });
});

describe("with a language asked for", () => {
  const plain = questionOn("24 GB card", { task: "chat", qualityWeight: 0.5 });
  const french = { ...plain, limits: { ...plain.limits, languages: ["french"] } };
  const { machine, scenario } = french;

  test("card, list and comparison of one packing have the same: task or language, whichever begins lower", () => {
    const model = modelNamed("gpt-oss-20b");
    const option = optionOf(model, "Q4_K_M", french, data);
    if (option === null) throw new Error("it runs here");
    const listed = knownQuality(
      { model, fit: estimateBuild(model, machine, scenario, "Q4_K_M") },
      french,
      data,
    );
    expect(listed).toEqual(option.quality.net);
    const { rows } = compare(
      ["Q4_K_M", "Q8_0"].map((name) => ({ label: name, model, quantization: name as "Q8_0", machine })),
      french,
      data,
    );
    const lows = rows
      .filter(({ id }) => id === "quality-chat" || id === "quality-in-french")
      .map(({ cells: [cell] }) => (cell?.kind === "quality" ? cell.estimate : null));
    expect(lows).toHaveLength(2);
    expect(lows).toContainEqual(listed);
    expect(Math.min(...lows.map((each) => each?.low ?? -Infinity))).toBe(listed?.low);
    const [chat, inFrench] = lows.map((each) => (each === null ? "" : qualityText(each)));
    expect(weakestOfText(option.quality)).toBe(
      `The one whose range begins lowest counts: at the task ${chat}, French ${inFrench}.`,
    );
    expect(askedQualityText(option.quality)).toBe(inFrench);
  });

  test("a model that nobody scored in it has no figure, in the list as on a card, and its task is said apart", () => {
    const model = modelNamed("qwen3.8-27b");
    const option = optionOf(model, "Q4_K_M", french, data);
    if (option === null) throw new Error("it runs here");
    expect(askedQualityText(option.quality)).toBe("no evidence for French");
    expect(knownQuality(option, french, data)).toBeNull();
    expect(weakestOfText(option.quality)).toBeNull();
    const asTask = optionOf(model, "Q4_K_M", plain, data);
    const figure = asTask === null ? "" : askedQualityText(asTask.quality);
    expect(figure).toMatch(/^\d+ \(\d+ to \d+\)$/);
    expect(optionText(option)).toContain(figure);
    expect(optionText(option)).toContain("no evidence for French");
  });
});
