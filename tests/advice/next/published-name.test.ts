import { describe, expect, test } from "vitest";
import { nextSteps } from "#advice/next/next-steps.ts";
import { qualityOf } from "#advice/option.ts";
import { publishedAs } from "#engine/candidates.ts";
import { estimateFit } from "#engine/estimate.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { underRuntimes } from "#engine/under-runtimes.ts";
import { data, questionOn } from "../catalog-data.ts";
import { verdictDetail } from "#shared/verdict-text.ts";
import { SHIPPED, shippedModel } from "../../catalog/shipped.ts";
import { machineOf, namedCard } from "../../fixtures/machine.ts";

const MODEL = shippedModel("gpt-oss-20b");
const MACHINE = machineOf([namedCard("RTX 4090", 0)], 64);
const GGUF_RUNTIMES = SHIPPED.runtimes.filter(({ id }) => ["llama.cpp", "ollama", "lm-studio"].includes(id));

const fit = estimateFit(MODEL, MACHINE, DEFAULT_SCENARIO);
const asked = { model: MODEL, machine: MACHINE, scenario: DEFAULT_SCENARIO };

test("what is published in MXFP4 fits as llama.cpp has it, under llama.cpp's name", () => {
  expect(fit.verdict).toMatchObject({ kind: "fits", quantization: "MXFP4_MOE" });
});

test.each(GGUF_RUNTIMES.map((runtime) => [runtime.name, runtime] as const))(
  "%s has the same verdict, packing and memory",
  (_, runtime) => {
    const [row] = underRuntimes(asked, [runtime]);
    expect(row?.fit.verdict).toEqual(fit.verdict);
    expect(row?.fit.memory).toEqual(fit.memory);
  },
);

test.each([null, fit.quantization])(
  "the commands are for it, whether it was named or not: %s",
  (quantization) => {
    const { cards, runtimes } = SHIPPED;
    const answer = nextSteps({ ...asked, quantization, cards, runtimes, purpose: "development", task: null });
    if (answer.kind !== "here") throw new Error(answer.kind);
    expect(answer.fit.verdict).toEqual(fit.verdict);
    const ofFiles = answer.others.filter(({ runtime }) => GGUF_RUNTIMES.some(({ id }) => id === runtime.id));
    expect(ofFiles.map(({ reason }) => reason)).toEqual(["It would do, too.", "It would do, too."]);
  },
);

test.each([
  [undefined, "MXFP4_MOE"],
  ["llama.cpp", "MXFP4_MOE"],
  ["vllm", "MXFP4"],
  ["transformers", "MXFP4"],
])("with %s it is called %s", (id, name) => {
  expect(
    publishedAs(
      "MXFP4",
      SHIPPED.runtimes.find((runtime) => runtime.id === id),
    ),
  ).toBe(name);
});

test("it loses next to nothing: experts are as they were scored, the rest keeps eight bits", () => {
  const { loss } = qualityOf(MODEL, "MXFP4_MOE", questionOn("24 GB card"), data);
  expect(loss?.points).toBeLessThan(0.5);
});

describe("what is published in FP8, which no runtime of GGUF files loads", () => {
  const model = shippedModel("ministral-3-8b");
  const steps = (quantization: "FP8" | null, id: string | null = null, machine = MACHINE) => {
    const { cards, runtimes } = SHIPPED;
    const runtime = runtimes.find((each) => each.id === id);
    const scenario = runtime === undefined ? DEFAULT_SCENARIO : { ...DEFAULT_SCENARIO, runtime };
    const question = { model, machine, scenario, quantization, cards, runtimes };
    const answer = nextSteps({ ...question, purpose: "development", task: null });
    if (answer.kind !== "here") throw new Error(answer.kind);
    return answer;
  };

  test("fits where no runtime is named", () => {
    expect(estimateFit(model, MACHINE, DEFAULT_SCENARIO).verdict).toMatchObject({
      kind: "fits",
      quantization: "FP8",
    });
  });

  test("named, it has commands of a runtime that loads it, with the makers' weights as they are", () => {
    const answer = steps("FP8");
    expect([answer.runtime.id, answer.fit.quantization, answer.refusals]).toEqual(["vllm", "FP8", []]);
    const notes = answer.steps.flatMap((step) => step.notes);
    expect(notes).toContain("The makers' own weights.");
    expect(notes.join(" ")).not.toContain("packed to FP8");
  });

  test("else those of a GGUF file are for another packing, and why is said without a word on what fits", () => {
    const { runtime, fit: others, isPackingNamed } = steps(null);
    expect([runtime.id, others.quantization, isPackingNamed]).toEqual(["ollama", "Q8_0", false]);
    expect(others.verdict).toMatchObject({ kind: "needs-quantization", notLoaded: "FP8" });
    expect(verdictDetail(others)).toMatch(
      /^Ollama does not load it as published, at FP8; Q8_0 is the best quantization that fits on one accelerator, /,
    );
  });

  test.each([
    ["llama.cpp", MACHINE, "llama.cpp does not load FP8 here."],
    [
      null,
      machineOf([namedCard("RTX 3090", 0)], 64),
      "No runtime that Fitment knows commands for loads FP8 here.",
    ],
  ] as const)(
    "named with %s where that cannot be had it is refused in words, and not as too large",
    (...row) => {
      const [id, machine, refusal] = row;
      const answer = steps("FP8", id, machine);
      expect([answer.fit.quantization, answer.isPackingNamed]).toEqual(["Q8_0", false]);
      expect(answer.refusals).toEqual([refusal]);
    },
  );
});
