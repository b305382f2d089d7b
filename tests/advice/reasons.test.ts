import { describe, expect, test } from "vitest";
import { cautionsFor, type Caution } from "../../src/advice/cautions.ts";
import { joulesPerMillionTokens } from "../../src/advice/energy.ts";
import { explainBest, explainModel } from "../../src/advice/explain.ts";
import { imagePartOf } from "../../src/advice/image-part.ts";
import { optionOf } from "../../src/advice/option.ts";
import { type AdviceQuestion, PRIORITIES } from "../../src/advice/question.ts";
import { whyNot } from "../../src/advice/reasons/why-not.ts";
import { recommend } from "../../src/advice/recommend.ts";
import { forTarget } from "../../src/advice/target.ts";
import { projectorBytes } from "../../src/engine/memory/vision-projector.ts";
import { isKnown } from "../../src/engine/fact.ts";
import { estimateFit } from "../../src/engine/estimate.ts";
import { overrideMachine } from "../../src/engine/machine-override.ts";
import type { QuantizationName } from "../../src/engine/quantization.ts";
import { holds, longestContext } from "../../src/engine/search.ts";
import { cautionText } from "../../src/shared/caution-text.ts";
import { limitTexts, objectionText } from "../../src/shared/objection-text.ts";
import { machineOf } from "../fixtures/machine.ts";
import { data, modelNamed, questionOn } from "./catalog-data.ts";

describe("why not", () => {
  const question = questionOn("24 GB card", { qualityWeight: 0.5 });
  const recommendation = recommend(question, data);

  test("a model that is too large says by how much, as the engine has it", () => {
    const model = modelNamed("llama-3.1-405b");
    const { verdict } = estimateFit(model, question.machine, question.scenario);
    const { objections, option } = whyNot(model, recommendation);
    expect(option).toBeNull();
    expect(objections).toContainEqual({ kind: "does-not-fit", verdict });
  });

  test("each change that is named makes it hold, and the least loss of quality comes first", () => {
    const model = modelNamed("qwen3-32b");
    const small = recommend(questionOn("12 GB card"), data);
    const { changes } = whyNot(model, small);
    expect(changes.length).toBeGreaterThan(0);
    const alone = changes.filter(({ change }) => change.levers.length === 1);
    const points = alone.map(({ qualityPoints }) => Math.round((qualityPoints ?? Infinity) * 10));
    expect(points).toEqual([...points].sort((one, other) => one - other));
    const lever = alone.flatMap(({ change }) => change.levers).find(({ kind }) => kind === "quantization");
    if (lever?.kind !== "quantization") throw new Error("no packing is small enough");
    const asked = { ...small.evaluation.question, model };
    expect(holds(asked, lever.quantization, "cards", asked.scenario)).toBe(true);
  });

  test("a slow one says how fast it would be, and one trained for less says so", () => {
    const slow = whyNot(modelNamed("llama-3.3-70b"), recommendation);
    expect(slow.objections.map(objectionText).join(" ")).toMatch(
      /about [\d.]+ tokens\/s; at least 5 tokens\/s/,
    );
    const short = whyNot(modelNamed("llama-2-13b"), recommendation);
    expect(short.objections.map(objectionText)).toContain(
      "It was trained for 4,096 tokens; 8,192 tokens are asked for.",
    );
  });

  test("the pick has nothing against it", () => {
    const { best } = recommendation;
    if (best === null) throw new Error("no pick");
    expect(explainModel(best.model, recommendation).whyNot.objections).toEqual([]);
  });
});

describe("what limits a pick", () => {
  test("is what the engine says of its devices and its longest context", () => {
    const question = questionOn("24 GB card", { task: "code" });
    const recommendation = recommend(question, data);
    const explanation = explainBest(recommendation);
    const { best } = recommendation;
    if (best === null || explanation === null) throw new Error("no pick");
    const [card] = best.fit.placement.devices;
    if (card === undefined) throw new Error("placed nowhere");
    expect(explanation.limits.tightest?.freeBytes).toBe(
      card.capacityBytes - card.marginBytes - card.usedBytes,
    );
    expect(explanation.limits.longestContextOnCards).toBe(
      longestContext({ ...question, model: best.model }, best.quantization, "cards"),
    );
    expect(limitTexts(explanation.limits).length).toBeGreaterThan(1);
  });

  test("is not the RAM beside a GPU that holds every layer, however little of it is left", () => {
    const explanation = explainBest(recommend(questionOn("192 GB Mac", { task: "chat" }), data));
    expect(explanation?.option.fit.placement.devices.map(({ memoryKind }) => memoryKind)).toContain("system");
    expect(explanation?.limits.tightest?.name).toBe("Apple M2 Ultra");
  });
});

describe("cautions", () => {
  const kindsOf = (
    id: string,
    quantization: QuantizationName,
    question: AdviceQuestion,
  ): { readonly kinds: readonly string[]; readonly cautions: readonly Caution[] } => {
    const { evaluation } = recommend(question, data);
    const option = optionOf(modelNamed(id), quantization, question, data);
    if (option === null) throw new Error(`${id} is not held`);
    const cautions = cautionsFor(option, evaluation);
    for (const caution of cautions) expect(cautionText(caution)).toMatch(/\.$/);
    return { cautions, kinds: cautions.map(({ kind }) => kind) };
  };

  test.each([
    { id: "llama-3.3-70b", packing: "Q4_K_M", on: "80 GB card", task: "general", has: "superseded" },
    { id: "llama-3.3-70b", packing: "Q4_K_M", on: "80 GB card", task: "general", has: "licence" },
    {
      id: "nemotron-3-super-120b-a12b",
      packing: "Q4_K_M",
      on: "192 GB Mac",
      task: "general",
      has: "smaller-is-as-good",
    },
    { id: "llama-2-7b", packing: "Q4_K_M", on: "24 GB card", task: "general", has: "superseded" },
    { id: "qwen3-4b", packing: "Q4_K_M", on: "24 GB card", task: "general", has: "replaced" },
    { id: "llama-3-8b", packing: "BF16", on: "24 GB card", task: "general", has: "full-precision" },
    { id: "qwen3-1.7b", packing: "Q4_K_M", on: "24 GB card", task: "general", has: "memory-unused" },
    { id: "mistral-7b", packing: "Q4_K_M", on: "24 GB card", task: "code", has: "specialist-overlooked" },
    { id: "mistral-7b", packing: "Q4_K_M", on: "24 GB card", task: "chat", has: "no-evidence" },
    { id: "llama-3-8b", packing: "BF16", on: "24 GB card", task: "vision", has: "stand-in-index" },
    { id: "llama-3.3-70b", packing: "Q4_K_M", on: "24 GB card", task: "general", has: "below-speed-floor" },
    { id: "qwen3-14b", packing: "Q4_K_M", on: "CPU with 32 GB", task: "general", has: "slow-prompts" },
  ] as const)("$id at $packing on the $on for $task: $has", ({ id, packing, on, task, has }) => {
    expect(kindsOf(id, packing, questionOn(on, { task })).kinds).toContain(has);
  });

  test.each([
    { id: "qwen3.8-27b", packing: "Q4_K_M", on: "80 GB card", without: "context-limit" },
    { id: "qwen3.8-27b", packing: "Q4_K_M", on: "80 GB card", without: "superseded" },
    { id: "qwen3.8-27b", packing: "Q4_K_M", on: "80 GB card", without: "replaced" },
    { id: "qwen3.8-27b", packing: "Q4_K_M", on: "80 GB card", without: "licence" },
    { id: "qwen3.8-27b", packing: "Q4_K_M", on: "80 GB card", without: "energy" },
  ] as const)("$id at $packing on the $on gives no reason for $without", ({ id, packing, on, without }) => {
    expect(kindsOf(id, packing, questionOn(on)).kinds).not.toContain(without);
  });

  test("without a GPU the wait for a long prompt is among the two that a card shows", () => {
    const question = questionOn("CPU with 32 GB", { task: "chat", qualityWeight: PRIORITIES.balanced });
    const explained = explainBest(recommend(question, data));
    const kinds = explained?.cautions.map(({ kind }) => kind) ?? [];
    expect(kinds).toContain("thin-evidence");
    expect(kinds.slice(0, 2)).toContain("slow-prompts");
  });

  test("a 16-bit model that fills the card is warned of its context", () => {
    const question = questionOn("24 GB card");
    const { cautions } = kindsOf("gemma-4-31b", "Q5_K_M", question);
    const limit = cautions.find(({ kind }) => kind === "context-limit");
    const expected = longestContext({ ...question, model: modelNamed("gemma-4-31b") }, "Q5_K_M", "cards");
    if (limit?.kind === "context-limit") expect(limit.longestContext).toBe(expected);
  });

  test("a server is told what a million tokens take: half to all of the board power over the speed", () => {
    const question = forTarget(questionOn("24 GB card"), "server");
    const { kinds } = kindsOf("qwen3.5-9b", "Q4_K_M", question);
    expect(kinds).toContain("energy");
    const option = optionOf(modelNamed("qwen3.5-9b"), "Q4_K_M", question, data);
    if (option?.speed.kind !== "known") throw new Error("no speed");
    const energy = joulesPerMillionTokens(option, question.machine, data.cards);
    // RTX 4090: 450 W.
    expect(energy?.high).toBeCloseTo((450 * 1e6) / option.speed.totalDecodeTokensPerSecond.low, 0);
    expect(energy?.low).toBeCloseTo((225 * 1e6) / option.speed.totalDecodeTokensPerSecond.high, 0);
  });

  test("a board that the driver shows as two devices has its power once", () => {
    const changed = overrideMachine(machineOf([], null), { gpus: ["Tesla K80"], ram: "64GiB" }, data.cards);
    if (changed.kind === "failed") throw new Error(changed.message);
    const { machine } = changed;
    expect(machine.accelerators).toHaveLength(2);
    const question = { ...questionOn("24 GB card"), machine };
    const option = optionOf(modelNamed("llama-2-13b"), "Q8_0", question, data);
    if (option?.speed.kind !== "known") throw new Error("no speed");
    expect(option.fit.placement.devices.filter(({ layerCount }) => layerCount > 0)).toHaveLength(2);
    const energy = joulesPerMillionTokens(option, machine, data.cards);
    expect(energy?.high).toBeCloseTo((300 * 1e6) / option.speed.totalDecodeTokensPerSecond.low, 0);
  });
});

test("a model for images is told what its projector takes, and is no pick where that does not hold", () => {
  const question = questionOn("24 GB card", { task: "vision" });
  const recommendation = recommend(question, data);
  const { best } = recommendation;
  if (best === null) throw new Error("no pick");
  const part = explainBest(recommendation)?.cautions.find(({ kind }) => kind === "image-part");
  const size = projectorBytes(best.model);
  expect(part).toEqual({ kind: "image-part", bytes: isKnown(size) ? size.value : null });
  // Gemma 3 27B: 423,060,336 parameters beside the decoder, 16 bits each.
  const gemma = optionOf(modelNamed("gemma-3-27b"), "Q4_K_M", question, data);
  if (gemma === null) throw new Error("not held");
  expect(imagePartOf(gemma, question)).toEqual({ bytes: 846_120_672, isHeld: true });
});

test("memory that other programs hold is said of the pick, and nothing is where nobody says how much", () => {
  const question = questionOn("8 GB card");
  const { machine } = question;
  const accelerators = machine.accelerators.map((each) => ({ ...each, memoryFreeBytes: 3 * 1024 ** 3 }));
  const busy = explainBest(recommend({ ...question, machine: { ...machine, accelerators } }, data));
  if (busy === null) throw new Error("no pick");
  const [card] = busy.option.fit.placement.devices;
  const caution = busy.cautions.find(({ kind }) => kind === "not-free-now");
  expect(caution).toEqual({
    kind: "not-free-now",
    deviceName: card?.name,
    neededBytes: card?.usedBytes,
    freeBytes: 3 * 1024 ** 3,
  });
  expect(busy.cautions.map(cautionText)[0]).toMatch(/^Needs 7\.\d GiB of .+; 3\.0 GiB are free now\.$/);
  // "43 MiB of room left" beside that would be wrong.
  expect(limitTexts(busy.limits, busy.cautions).join(" ")).not.toContain("of room left");
  const idle = explainBest(recommend(question, data));
  expect(idle?.cautions.map(({ kind }) => kind)).not.toContain("not-free-now");
});
