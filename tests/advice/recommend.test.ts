import { describe, expect, test } from "vitest";
import { cautionsFor } from "../../src/advice/cautions.ts";
import { isBetter } from "../../src/advice/difference.ts";
import { hasEvidence, optionOf, rateOf } from "../../src/advice/option.ts";
import { mend, type Complaint } from "../../src/advice/picks/mend.ts";
import { isPlainer } from "../../src/advice/picks/plainer.ts";
import { planeOf } from "../../src/advice/picks/plane.ts";
import { isSpecialist } from "../../src/advice/picks/specialist.ts";
import { NO_LIMITS, PRIORITIES, type Limits } from "../../src/advice/question.ts";
import { objectionsTo } from "../../src/advice/reasons/why-not.ts";
import { recommend } from "../../src/advice/recommend.ts";
import { forTarget } from "../../src/advice/target.ts";
import { findTask } from "../../src/advice/task.ts";
import { waitingPoints } from "../../src/advice/utility.ts";
import { isKnown } from "../../src/engine/fact.ts";
import type { MachineRate } from "../../src/engine/speed/calibration/machine-rate.ts";
import { machineLabel } from "../../src/engine/speed/calibration/rates-of-machine.ts";
import { data, modelNamed, questionOn } from "./catalog-data.ts";
import { BRIEF_MACHINE_NAMES } from "./machines.ts";

describe("the criterion", () => {
  test.each([
    { rate: 5, points: 23.2 },
    { rate: 20, points: 10 },
    { rate: 40, points: 5.85 },
    { rate: 150, points: 1.81 },
    { rate: 1000, points: 1.81 },
  ])("takes $points points off for $rate tokens a second", ({ rate, points }) => {
    expect(waitingPoints(rate)).toBeCloseTo(points, 1);
  });
});

describe("limits", () => {
  const question = questionOn("24 GB card", { qualityWeight: PRIORITIES.balanced });
  const withLimits = (limits: Partial<Limits>) =>
    recommend({ ...question, limits: { ...NO_LIMITS, ...limits } }, data);

  test("of a licence for commercial use hold for every option", () => {
    const { evaluation } = withLimits({ licenceUse: "commercial" });
    for (const { model } of evaluation.options) {
      expect(
        isKnown(model.licence) && ["yes", "conditional"].includes(model.licence.value.commercialUse),
      ).toBe(true);
    }
  });

  test("of parameters and download hold for every option", () => {
    const { evaluation, best } = withLimits({ mostParameterCount: 10e9, mostDownloadBytes: 5e9 });
    expect(best).not.toBeNull();
    for (const { model, fit } of evaluation.options) {
      expect(isKnown(model.parameterCount) ? model.parameterCount.value : Infinity).toBeLessThanOrEqual(10e9);
      expect(fit.memory?.weightsBytes).toBeLessThanOrEqual(5e9);
    }
  });

  test("of speed hold for the pick", () => {
    const { best } = withLimits({ lowestTokensPerSecond: 100 });
    expect(best === null ? 0 : rateOf(best)).toBeGreaterThanOrEqual(100);
  });

  test("of a context keep models out that were not trained for it", () => {
    const long = { ...question.scenario, contextLength: 65_536 };
    const { evaluation } = recommend({ ...question, scenario: long }, data);
    expect(evaluation.options.some(({ model }) => model.id === "llama-3-8b")).toBe(false);
  });

  test("that nothing meets are met as nearly as can be, and it is said", () => {
    const { best, isBelowSpeedFloor } = withLimits({ lowestTokensPerSecond: 100_000 });
    expect(best).not.toBeNull();
    expect(isBelowSpeedFloor).toBe(true);
  });
});

test("a server is not sent bitsandbytes where a packing with fast kernels of the same size fits", () => {
  const question = questionOn("24 GB card", { qualityWeight: PRIORITIES.balanced });
  const runtime = data.runtimes?.find(({ id }) => id === "vllm");
  if (runtime === undefined) throw new Error("the catalog has no vLLM");
  const { best } = recommend(
    forTarget({ ...question, scenario: { ...question.scenario, runtime } }, "server"),
    data,
  );
  expect(best).not.toBeNull();
  expect(best?.quantization).not.toBe("NF4");
});

describe("targets", () => {
  const question = questionOn("24 GB card");
  test("cpu-only has no accelerator, edge is small, a server serves eight", () => {
    expect(forTarget(question, "cpu-only").machine.accelerators).toEqual([]);
    expect(forTarget(question, "edge").limits.mostParameterCount).toBe(4e9);
    expect(forTarget(question, "server").scenario).toMatchObject({
      parallelSequenceCount: 8,
      contextLength: 65_536,
    });
    expect(forTarget(question, "this-computer")).toBe(question);
  });
});

describe("alternatives", () => {
  const { best, alternatives, ties } = recommend(questionOn("24 GB card", { task: "code" }), data);

  test("are other models, each once, with evidence", () => {
    const ids = alternatives.map(({ option }) => option.model.id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).not.toContain(best?.model.id);
    expect(alternatives.every(({ option }) => hasEvidence(option))).toBe(true);
    const onServer = questionOn("8 x 80 GB", { qualityWeight: PRIORITIES.balanced });
    expect(recommend(onServer, data).alternatives.length).toBeGreaterThan(1);
  });

  test("a fastest one is faster than the pick", () => {
    const byRole = (role: string) => alternatives.find(({ roles }) => roles.some((each) => each === role));
    expect(byRole("fastest")?.versusBest.speedFactor).toBeGreaterThan(1);
  });

  test.each(BRIEF_MACHINE_NAMES)(
    "a specialist on the %s is as good as the picks beside it, and current",
    (machine) => {
      for (const task of ["code", "mathematics-reasoning", "multilingual", "vision"] as const) {
        const asked = recommend(questionOn(machine, { task, qualityWeight: PRIORITIES.balanced }), data);
        const { best: pick, alternatives: others, evaluation } = asked;
        const specialist = others.find(({ roles }) => roles.includes("specialist"));
        if (pick === null || specialist === undefined) continue;
        const { option } = specialist;
        expect(isSpecialist(option.model, task)).toBe(true);
        for (const beside of [pick, ...others.map((each) => each.option)])
          expect(isBetter(beside, option), `${beside.model.id} beside ${option.model.id}`).toBe(false);
        expect(objectionsTo(option.model, asked).map(({ kind }) => kind)).not.toContain(
          "below-quality-floor",
        );
        expect(cautionsFor(option, evaluation).map(({ kind }) => kind)).not.toContain("superseded");
      }
    },
  );

  test("no specialist is named where those that run here are of another class", () => {
    const small = questionOn("8 GB card", { task: "code", qualityWeight: PRIORITIES.balanced });
    const roles = recommend(small, data).alternatives.flatMap((each) => each.roles);
    expect(roles).not.toContain("specialist");
  });

  test("what ties cannot be told from the pick", () => {
    for (const option of ties) {
      expect(option.quality.net.high).toBeGreaterThan((best?.quality.net.low ?? Infinity) - 20);
    }
  });

  test.each(BRIEF_MACHINE_NAMES)(
    "on the %s all that is called as good as the pick is among what ties",
    (machine) => {
      const asked = recommend(questionOn(machine), data);
      const tied = asked.ties.map(({ model }) => model.id);
      const shown = [
        ...(asked.runnerUp === null ? [] : [asked.runnerUp]),
        ...asked.alternatives.map(({ option, versusBest }) => ({ option, difference: versusBest })),
      ];
      for (const { option, difference } of shown.filter((each) => hasEvidence(each.option)))
        expect(tied.includes(option.model.id), option.model.id).toBe(difference.isQualityTie);
    },
  );

  test("a second card is named only where it makes a better model possible", () => {
    const { secondCard } = recommend(questionOn("12 GB card"), data);
    expect(secondCard?.versusBest.quality.low).toBeGreaterThan(0);
    expect(recommend(questionOn("192 GB Mac"), data).secondCard).toBeNull();
  });
});

describe("a tie in quality and speed", () => {
  test("goes to the one on the card rather than to one of three times the memory that is half in RAM", () => {
    const question = questionOn("8 GB card", { task: "chat", qualityWeight: PRIORITIES.balanced });
    const recommendation = recommend(question, data);
    const { best, ties } = recommendation;
    expect(best?.fit.placement.kind).toBe("single");
    expect(best?.model.id).toBe("qwen3.5-9b");
    expect(ties.map(({ model }) => model.id)).toContain("qwen3.5-35b-a3b");
    expect(objectionsTo(modelNamed("qwen3.5-35b-a3b"), recommendation)).toEqual([
      { kind: "larger-for-nothing" },
    ]);
  });

  test("goes to the one on one card rather than to one on six, whatever the weight of quality", () => {
    const question = questionOn("8 x 80 GB", { qualityWeight: PRIORITIES.quality });
    const { best, runnerUp } = recommend(question, data);
    expect(best?.fit.placement.kind).toBe("single");
    expect(runnerUp?.difference.isQualityTie).toBe(true);
    expect(runnerUp?.difference.memoryBytes).toBeLessThan(0);
  });

  test("is none where the smaller one is slower or worse", () => {
    const { options } = recommend(questionOn("24 GB card"), data).evaluation;
    const [best] = options;
    const slower = options.find((each) => (rateOf(each) ?? 0) < (rateOf(best ?? each) ?? 0) / 2);
    const worse = options.find((each) => best !== undefined && isBetter(best, each));
    if (best === undefined || slower === undefined || worse === undefined) throw new Error("too few options");
    expect(isPlainer(slower, best)).toBe(false);
    expect(isPlainer(worse, best)).toBe(false);
    expect(isPlainer(best, best)).toBe(false);
  });
});

describe("the plane", () => {
  const points = planeOf(recommend(questionOn("24 GB card"), data).evaluation.options);

  test("has a front that nothing beats in both", () => {
    const front = points.filter(({ isOnFront }) => isOnFront);
    expect(front.length).toBeGreaterThan(2);
    for (const point of front) {
      const isBeaten = points.some(
        (other) =>
          other.quality.low > point.quality.low &&
          other.decodeTokensPerSecond.mid > point.decodeTokensPerSecond.mid,
      );
      expect(isBeaten).toBe(false);
    }
  });

  test("off the front everything is beaten or equalled", () => {
    for (const point of points.filter(({ isOnFront }) => !isOnFront)) {
      const isReached = points.some(
        (other) =>
          other !== point &&
          other.quality.low >= point.quality.low &&
          other.decodeTokensPerSecond.mid >= point.decodeTokensPerSecond.mid,
      );
      expect(isReached).toBe(true);
    }
  });
});

describe("what I use now does not satisfy me", () => {
  const rows: readonly { complaint: Complaint; id: string; kind: string | null }[] = [
    { complaint: "quality", id: "mistral-7b", kind: "other-model" },
    { complaint: "quality", id: "qwen3.5-4b", kind: "same-family" },
    { complaint: "speed", id: "qwen3.5-27b", kind: "other-model" },
    { complaint: "licence", id: "llama-3-8b", kind: "other-model" },
  ];
  test.each(rows)("$complaint of $id: $kind", ({ complaint, id, kind }) => {
    const question = questionOn("24 GB card", { qualityWeight: PRIORITIES.balanced });
    const { step } = mend({ model: modelNamed(id), quantization: "Q4_K_M" }, complaint, question, data);
    if (complaint !== "speed") expect(step?.kind).toBe(kind);
    if (complaint === "quality") expect(step?.difference?.quality.low).toBeGreaterThan(0);
    if (complaint === "speed") expect(step?.difference?.speedFactor).toBeGreaterThanOrEqual(1.5);
    if (complaint === "licence" && step !== null) {
      const { licence } = step.option.model;
      expect(isKnown(licence) ? licence.value.commercialUse : null).toBe("yes");
    }
  });
});

test.each([
  ["coding", "code"],
  ["Maths", "mathematics-reasoning"],
  ["tool use", "tool-use"],
  ["long documents", "long-documents"],
  ["painting", null],
])("the task that %s means is %s", (text, task) => {
  expect(findTask(text)).toBe(task);
});

test("a rate measured on the machine moves what is said of its speeds", () => {
  const question = questionOn("24 GB card");
  const model = modelNamed("llama-3-8b");
  const before = optionOf(model, "Q4_K_M", question, data);
  if (before?.speed.kind !== "known") throw new Error("no speed");
  const tokensPerSecond = before.speed.decodeTokensPerSecond.mid / 2;
  const { machine } = question;
  const rate: MachineRate = {
    machine: machineLabel(machine),
    modelId: model.id,
    quantization: "Q4_K_M",
    runtimeId: "llama.cpp",
    backend: null,
    test: "decode",
    tokensPerSecond,
    depth: 8192,
    tokenCount: 128,
  };
  const after = optionOf(
    model,
    "Q4_K_M",
    { ...question, machine: { ...machine, measuredRates: [rate] } },
    data,
  );
  if (after?.speed.kind !== "known") throw new Error("no speed");
  expect(after.speed.measured).toBe(true);
  expect(after.speed.decodeTokensPerSecond.mid / tokensPerSecond).toBeCloseTo(1, 1);
});
