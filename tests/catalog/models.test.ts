import { expect, test } from "vitest";
import { isKnown, type Fact } from "#engine/fact.ts";
import { expandLayers, parameterCount } from "#engine/memory/tensors.ts";
import type { Architecture, FeedForward, LayerKind, Model } from "#engine/model.ts";
import { DESCRIBED, SHIPPED, shippedArchitecture, shippedModel } from "./shipped.ts";

test("every model file loads without a problem", () => {
  expect(SHIPPED.problems.filter(({ file }) => file.startsWith("models"))).toEqual([]);
});

test("there are models enough, most of them tensor by tensor", () => {
  expect(SHIPPED.models.length).toBeGreaterThanOrEqual(317);
  expect(DESCRIBED.length).toBeGreaterThanOrEqual(282);
  expect(new Set(SHIPPED.models.map(({ id }) => id)).size).toBe(SHIPPED.models.length);
});

/** The names the product's brief promises, with the parameters their tensors hold. */
const BRIEF_MODELS = [
  ["llama-3-70b", 70_553_706_496],
  ["llama-3-8b", 8_030_261_248],
  ["mixtral-8x22b", 140_630_071_296],
  ["mixtral-8x7b", 46_702_792_704],
  ["qwen-72b", 72_287_920_128],
  ["llama-2-70b", 68_976_648_192],
  ["llama-2-13b", 13_015_864_320],
  ["llama-2-7b", 6_738_415_616],
  ["yi-34b", 34_388_917_248],
  ["yi-6b", 6_061_035_520],
  ["mistral-7b", 7_241_732_096],
  ["phi-3-mini", 3_821_079_552],
  ["phi-2", 2_779_683_840],
  ["gemma-2b", 2_506_172_416],
  ["tinyllama-1.1b", 1_100_048_384],
  ["neural-chat-7b", 7_241_732_096],
  ["zephyr-7b", 7_241_732_096],
  ["codellama-34b", 33_743_970_304],
  ["codellama-13b", 13_016_028_160],
  ["codellama-7b", 6_738_546_688],
  ["codellama-python-34b", 33_743_970_304],
  ["codellama-instruct-34b", 33_743_970_304],
  ["deepseek-coder-33b", 33_342_991_360],
  ["starcoder-15b", 15_517_456_384],
  ["starcoder-3b", 3_043_311_104],
  ["wizardcoder-34b", 33_743_986_688],
  ["deepseek-math-7b", 6_910_365_696],
  ["llemma-34b", 33_743_970_304],
  ["wizardmath-70b", 68_976_680_960],
  ["aya-101", 12_921_057_280],
  ["bloom-176b", 176_247_271_424],
] as const;

test.each(BRIEF_MODELS)("%s of the brief: its tensors hold %d parameters", (id, expected) => {
  expect(parameterCount(shippedArchitecture(id))).toBe(expected);
});

test.each(BRIEF_MODELS)("%s of the brief has what a verdict needs", (id) => {
  expect(isKnown(shippedModel(id).releasePrecision)).toBe(true);
});

const COUNTED = DESCRIBED.flatMap(([id, model, architecture]): [string, number, Model, Architecture][] =>
  isKnown(model.parameterCount) ? [[id, model.parameterCount.value, model, architecture]] : [],
);

test.each(COUNTED)(
  "%s: tensors add up to the published %d within 1 %%, or the notes say why not",
  (...row) => {
    const [, published, { notes }, architecture] = row;
    const offFraction = Math.abs(parameterCount(architecture) / published - 1);
    const isExplained = notes.some((note) => /\bpublished (?:count|size)\b/.test(note));
    expect(isExplained ? 0 : offFraction).toBeLessThan(0.01);
    expect(offFraction).toBeLessThan(0.25); // a vision tower, a prediction block, a rounded "3B"
  },
);

/** The ids of the models for which something does not hold; an empty list is what every law below wants. */
function offenders(breaks: (model: Model) => boolean): readonly string[] {
  return SHIPPED.models.filter(breaks).map(({ id }) => id);
}

test("heads divide, keys are no wider than any known, and not every expert is active", () => {
  const isOdd = ({ mixer, feedForward }: LayerKind): boolean =>
    (mixer.kind === "attention" && (mixer.headCount % mixer.kvHeadCount !== 0 || mixer.keyLength > 512)) ||
    (feedForward.kind === "experts" && feedForward.activeExpertCount >= feedForward.expertCount);
  expect(offenders((model) => layerKindsOf(model).some(isOdd))).toEqual([]);
});

test.each(DESCRIBED)("%s: layers and vocabulary are of a plausible size", (_id, _model, architecture) => {
  const layerCount = expandLayers(architecture).length;
  expect(layerCount).toBeGreaterThanOrEqual(16);
  expect(layerCount).toBeLessThanOrEqual(126);
  expect(architecture.vocabularySize).toBeGreaterThanOrEqual(32_000);
  expect(architecture.vocabularySize).toBeLessThanOrEqual(262_400);
});

const ACTIVE = DESCRIBED.flatMap(([id, model, architecture]): [string, number, Architecture][] =>
  isKnown(model.activeParameterCount) ? [[id, model.activeParameterCount.value, architecture]] : [],
);

// Makers round to "A3B" and some leave out the embeddings; LongCat's count swings from token to token.
test.each(ACTIVE)("%s: the published active %d agrees with what runs for a token", (...row) => {
  const [, published, architecture] = row;
  const active = parameterCount(withActiveExpertsOnly(architecture));
  expect(active).toBeLessThan(parameterCount(architecture));
  expect(active / published).toBeGreaterThan(0.95);
  expect(active / published).toBeLessThan(1.3);
});

test("every fact has a source or a reason that says something to a person", () => {
  const isEmptyTalk = (fact: Fact<unknown>): boolean => {
    const text = isKnown(fact) ? fact.source : fact.missing;
    return text.trim().length < 5 || /check_params|\bnull\b|\bundefined\b|\bNone\b/.test(text);
  };
  expect(offenders((model) => factsOf(model).some(isEmptyTalk))).toEqual([]);
});

test("release months are such as there were models in", () => {
  const isOff = ({ releaseMonth: month }: Model): boolean =>
    isKnown(month) && (month.value < "2021-01" || month.value > "2026-12");
  expect(offenders(isOff)).toEqual([]);
});

test("no licence is called free for commercial use on hearsay", () => {
  const isRash = ({ licence }: Model): boolean =>
    isKnown(licence) &&
    licence.source.includes("commonly quoted") &&
    (licence.value.commercialUse !== "unknown" || !licence.value.note?.includes("check the licence"));
  expect(offenders(isRash)).toEqual([]);
});

test("only models without experts are called dense", () => {
  const isMislabelled = (model: Model): boolean => {
    const { activeParameterCount: active, architecture } = model;
    if (!isKnown(architecture)) return false;
    const isCalledDense = !isKnown(active) && active.missing.startsWith("dense");
    return isCalledDense === layerKindsOf(model).some(({ feedForward }) => feedForward.kind === "experts");
  };
  expect(offenders(isMislabelled)).toEqual([]);
});

function layerKindsOf({ architecture }: Model): readonly LayerKind[] {
  return isKnown(architecture) ? Object.values(architecture.value.layerKinds) : [];
}

function withActiveExpertsOnly(architecture: Architecture): Architecture {
  const layerKinds: Record<string, LayerKind> = {};
  for (const [name, kind] of Object.entries(architecture.layerKinds))
    layerKinds[name] = { ...kind, feedForward: activePart(kind.feedForward) };
  return { ...architecture, layerKinds };
}

function activePart(feedForward: FeedForward): FeedForward {
  return feedForward.kind === "experts"
    ? { ...feedForward, expertCount: feedForward.activeExpertCount }
    : feedForward;
}

function factsOf(model: Model): readonly Fact<unknown>[] {
  const { releaseMonth, licence, parameterCount: count, activeParameterCount: active } = model;
  const { trainedContextLength, releasePrecision, architecture } = model;
  return [releaseMonth, licence, count, active, trainedContextLength, releasePrecision, architecture];
}

test("what is published of a model is named after it, in packings of other runtimes or as GGUF files", () => {
  const nameOf = (repository: string): string => (repository.split("/")[1] ?? "").toLowerCase();
  const published = SHIPPED.models.flatMap(({ id, huggingFaceId, published: all }) =>
    (all ?? []).map((one) => ({ id, base: nameOf(huggingFaceId ?? ""), ...one })),
  );
  expect(published.length).toBeGreaterThanOrEqual(130);
  const strange = published.filter(
    ({ base, repository, quantizations }) =>
      !nameOf(repository).startsWith(base) ||
      (quantizations.length === 0) !== nameOf(repository).endsWith("-gguf"),
  );
  expect(strange.map(({ id, repository }) => `${id}: ${repository}`)).toEqual([]);
});
