import { expect, test } from "vitest";
import { nextSteps } from "#advice/next/next-steps.ts";
import { qualityOf } from "#advice/option.ts";
import { publishedAs } from "#engine/candidates.ts";
import { estimateFit } from "#engine/estimate.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { underRuntimes } from "#engine/under-runtimes.ts";
import { data, questionOn } from "../catalog-data.ts";
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
