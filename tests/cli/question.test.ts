import { describe, expect, test } from "vitest";
import { DEFAULT_SCENARIO } from "../../src/engine/scenario.ts";
import { rowsMatching } from "../../src/renderer/models/model-rows.ts";
import { TableView } from "../../src/renderer/models/table-view.svelte.ts";
import { keptQuestion } from "../../src/renderer/question/kept-question.ts";
import { questionText } from "../../src/shared/question-text.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { runFitment } from "./terminal.ts";

const ONE_CARD = ["--gpu", "RTX 4090", "--ram", "64GiB"];

const VLLM = SHIPPED.runtimes.find(({ id }) => id === "vllm");
if (VLLM === undefined) throw new Error("vLLM is in the catalog");

/** Everything that a person can ask in the window, as it copies it. */
const COPIED = questionText(
  keptQuestion({
    scenario: {
      ...DEFAULT_SCENARIO,
      contextLength: 32_768,
      keyCacheType: "f16",
      valueCacheType: "f16",
      lowestQuantization: "Q5_K_M",
      microBatchSize: 1024,
      parallelSequenceCount: 4,
      runtime: VLLM,
      backend: "cuda",
      split: "tensor",
    },
    isRightNow: false,
    task: "mathematics-reasoning",
    qualityWeight: 0.8,
    licenceUse: "commercial",
    languages: ["french", "german"],
    pins: [{ modelId: "llama-3-8b", quantization: "Q8_0" }],
    openedId: "mistral-7b",
    filterText: "qwen 7b",
    groups: ["fits"],
    sort: { key: "speed", isDescending: true },
    columns: new TableView().columns,
    isGrouped: true,
  }),
);

const SCENARIO = [
  ...["--context", "32K", "--kv-type", "f16", "--lowest-quantization", "Q5_K_M", "--ubatch", "1024"],
  ...["--parallel", "4", "--runtime", "vllm", "--backend", "cuda", "--split", "tensor"],
];

describe("what the window copied is answered as the options that say the same", () => {
  test.each([
    ["list", [...SCENARIO, "--search", "qwen 7b"]],
    ["estimate qwen3-8b", SCENARIO],
    [
      "recommend",
      [
        ...SCENARIO,
        ...["--task", "maths", "--priority", "0.8", "--licence", "commercial"],
        ...["--language", "french", "--language", "german"],
      ],
    ],
    ["runtimes llama-3-8b", SCENARIO.filter((_, index) => ![10, 11].includes(index))],
  ])("%s", async (command, options) => {
    const words = [...command.split(" "), ...ONE_CARD];
    const asked = await runFitment([...words, "--question", COPIED]);
    expect(asked).toMatchObject({ exitCode: 0, stderr: "" });
    expect(asked.stdout).toBe((await runFitment([...words, ...options])).stdout);
  });

  test("without a command it is the list", async () => {
    const asked = await runFitment(["--question", COPIED, ...ONE_CARD]);
    expect(asked.stdout).toBe((await runFitment(["list", "--question", COPIED, ...ONE_CARD])).stdout);
  });

  test("memory that is free now is all that counts where it says so", async () => {
    const words = [...ONE_CARD, "--free", "6GiB", "--json"];
    for (const command of ["list", "recommend"]) {
      const asked = await runFitment([command, ...words, "--question", "fitment:?right-now=true"]);
      expect(asked.stdout).toBe((await runFitment([command, ...words, "--right-now"])).stdout);
      expect(asked.stdout).not.toBe((await runFitment([command, ...words])).stdout);
    }
  });
});

describe("options beside it win", () => {
  test.each([
    ["fitment:?context=32768&kv-type-k=q8_0", ["--context", "4096"], ["--kv-type-k", "q8_0"]],
    ["fitment:?kv-type-k=q8_0&kv-type-v=q8_0", ["--kv-type", "q4_0"], []],
    ["fitment:?flash-attention=false&parallel=many", ["--parallel", "2"], ["--flash-attention", "off"]],
  ])("%s", async (question, beside, others) => {
    const words = ["estimate", "llama-3-8b", ...ONE_CARD, "--json", ...beside];
    const { stdout } = await runFitment([...words, "--question", question]);
    expect(stdout).toBe((await runFitment([...words, ...others])).stdout);
  });
});

describe("what is not understood is named", () => {
  test.each([
    ["https://example.org", "--question: That is no question of Fitment's: one begins with fitment:?."],
    [`fitment:?search=${"x".repeat(5000)}`, "--question: That is longer than any question of Fitment's."],
    ["fitment:?context=8192&colour=blue", "--question has a part that is not understood: colour=blue."],
    ["fitment:?toString=x", "--question has a part that is not understood: toString=x."],
    ["fitment:?context", '32K; "" is none.'],
    ["fitment:?context=many", "--question: context takes a whole number from 1"],
    ["fitment:?runtime=abacus", '--question: runtime does not know "abacus".'],
    ["fitment:?flash-attention=maybe", '--question: flash-attention is true or false; "maybe" is neither.'],
    ["fitment:?right-now=1", '--question: right-now is true or false; "1" is neither.'],
  ])("%s", async (question, said) => {
    const { exitCode, stdout, stderr } = await runFitment(["list", ...ONE_CARD, "--question", question]);
    expect(stderr).toContain(said);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  });

  test.each([
    ["recommend", "fitment:?task=juggling", '--question: task does not know "juggling".'],
    ["recommend", "fitment:?priority=7", "--question: priority takes quality, balanced, speed, or a number"],
    ["recommend", "fitment:?licence=mine", "--question: licence takes commercial or any"],
    [
      "plan llama-3-8b",
      "fitment:?right-now=true",
      '"plan" cannot answer a question about memory that is free',
    ],
    ["models", "fitment:?search=qwen", '"models" has no option --question'],
  ])("%s of %s", async (command, question, said) => {
    const machine = command === "models" ? [] : ONE_CARD;
    const ran = await runFitment([...command.split(" "), ...machine, "--question", question]);
    expect(ran.stderr).toContain(said);
    expect(ran.exitCode).toBe(2);
  });

  test("an option that was typed is complained of as that", async () => {
    const words = ["list", ...ONE_CARD, "--question", "fitment:?context=many", "--context", "some"];
    expect((await runFitment(words)).stderr).toContain("--context takes a whole number");
  });
});

test.each(["qwen 7b", "  Llama ", "llama3.1:8b"])(
  "a search for %j finds what the window's list finds",
  async (text) => {
    const rows = SHIPPED.models.map((model) => ({ model, fit: null }));
    const { stdout } = await runFitment(["list", ...ONE_CARD, "--search", text, "--json"]);
    const { models } = JSON.parse(stdout) as { models: readonly { model: string }[] };
    const expected = rowsMatching(rows, text).map(({ model }) => model.id);
    expect(expected.length).toBeGreaterThan(0);
    expect(models.map(({ model }) => model).sort()).toEqual(expected.sort());
  },
);

test("a search that finds nothing says so", async () => {
  const { exitCode, stderr } = await runFitment(["list", ...ONE_CARD, "--search", "nowhere at all"]);
  expect(stderr).toContain('No model of the catalog is found by "nowhere at all".');
  expect(exitCode).toBe(1);
});
