import { afterEach, expect, test } from "vitest";
import { estimateFit } from "../../src/engine/estimate.ts";
import { explainFit } from "../../src/engine/explain.ts";
import { isKnown } from "../../src/engine/fact.ts";
import type { MachineReport } from "../../src/engine/machine.ts";
import { finestPacking } from "../../src/engine/prepare.ts";
import { runtimeRefusal } from "../../src/engine/runtime-refusal.ts";
import { DEFAULT_SCENARIO, type Scenario } from "../../src/engine/scenario.ts";
import { speedHere } from "../../src/engine/speed/speed-here.ts";
import { inKnownForm, type KnownForm } from "../../src/shared/known-form.ts";
import { SOURCES } from "../../src/shared/memory-source-forms.ts";
import { FORMULAS, memoryTermTexts, NAMES } from "../../src/shared/memory-term-text.ts";
import { MESSAGES, NAMES as SOURCE_NAMES } from "../../src/shared/probe-message-text.ts";
import { MISSING } from "../../src/shared/missing-text.ts";
import { REFUSALS } from "../../src/shared/refusal-text.ts";
import { speedBasisSentence, speedBasisText } from "../../src/shared/speed-basis-text.ts";
import { loadMessages } from "../../src/words/load-messages.ts";
import { speak } from "../../src/words/spoken.ts";
import { data, modelNamed, questionOn } from "../advice/catalog-data.ts";
import { BRIEF_MACHINE_NAMES } from "../advice/machines.ts";

afterEach(() => speak({ tag: "en", locale: "en-US", messages: {} }));

const MODELS = ["qwen3.5-35b-a3b", "gpt-oss-20b", "gemma-3-27b", "deepseek-v3", "llama-3.1-8b"]
  .filter((id) => data.models.some((model) => model.id === id))
  .map(modelNamed);
const RUNTIMES = data.runtimes ?? [];
const MACHINES = BRIEF_MACHINE_NAMES.map((name) => questionOn(name).machine);
const QUANTIZED_CACHE = { keyCacheType: "q8_0", valueCacheType: "f16", parallelSequenceCount: 4 } as const;

function fitsOn(machine: MachineReport, scenario: Scenario) {
  return MODELS.map((model) => ({ model, fit: estimateFit(model, machine, scenario) }));
}

/** Texts without a form, and those that their form says otherwise in English. */
function otherThanSaid(texts: Iterable<string>, forms: readonly KnownForm[]): readonly string[] {
  return [...new Set(texts)].filter((text) => inKnownForm(text, forms) !== text);
}

test("each term of memory that llama.cpp has is of a known form, and English is as the engine writes it", () => {
  const scenarios = [DEFAULT_SCENARIO, { ...DEFAULT_SCENARIO, ...QUANTIZED_CACHE }];
  const terms = MACHINES.flatMap((machine) =>
    scenarios.flatMap((scenario) => fitsOn(machine, scenario)),
  ).flatMap(({ model: { architecture, ...model }, fit }) => {
    const finest = finestPacking({ architecture, ...model });
    return isKnown(architecture) && isKnown(finest) ? explainFit(fit, architecture.value, finest.value) : [];
  });
  expect(terms.length).toBeGreaterThan(100);
  expect(
    otherThanSaid(
      terms.map(({ name }) => name),
      NAMES,
    ),
  ).toEqual([]);
  expect(
    otherThanSaid(
      terms.map(({ formula }) => formula),
      FORMULAS,
    ),
  ).toEqual([]);
  expect(
    otherThanSaid(
      terms.map(({ source }) => source).filter((source) => !/^[\w-]+\.cpp$/.test(source)),
      SOURCES,
    ),
  ).toEqual([]);
});

test("each sentence of what a speed rests on, and why there is none, is of a known form", () => {
  const scenarios = [
    DEFAULT_SCENARIO,
    { ...DEFAULT_SCENARIO, parallelSequenceCount: 4 },
    ...RUNTIMES.map((runtime) => ({ ...DEFAULT_SCENARIO, runtime })),
  ];
  const reasons = new Set<string>();
  const bases = MACHINES.flatMap((machine) => {
    const where = { machine, catalog: { ...data, runtimes: RUNTIMES }, promptLength: null };
    return scenarios.flatMap((scenario) =>
      fitsOn(machine, scenario).flatMap(({ model, fit }) => {
        const speed = speedHere(fit, model, where);
        if (speed.kind === "missing") reasons.add(speed.reason);
        return speed.kind === "known" ? [speed.basis] : [];
      }),
    );
  });
  expect(bases.length).toBeGreaterThan(20);
  expect(reasons.size).toBeGreaterThan(1);
  expect(otherThanSaid(reasons, MISSING)).toEqual([]);
  const sentences = new Set(bases.flatMap((basis) => basis.split(/(?<=\.) (?=\S)/)));
  expect([...sentences].filter((sentence) => speedBasisSentence(sentence) !== sentence)).toEqual([]);
});

test("each refusal of a runtime is of a known form", () => {
  const scenario = { ...DEFAULT_SCENARIO, keyCacheType: "q4_0", valueCacheType: "q4_0" } as const;
  const refusals = RUNTIMES.flatMap((runtime) =>
    MACHINES.flatMap((machine) =>
      ["linux", "win32", "darwin"].flatMap((platform) =>
        [DEFAULT_SCENARIO, scenario].flatMap(
          (asked) => runtimeRefusal(runtime, { ...machine, os: { ...machine.os, platform } }, asked) ?? [],
        ),
      ),
    ),
  );
  expect(refusals.length).toBeGreaterThan(10);
  expect(otherThanSaid(refusals, REFUSALS)).toEqual([]);
});

test("what sources say where a tool is missing is of a known form, and other output stays as it is", () => {
  expect(
    otherThanSaid(["Linux device files", "Jetson's device tree", "memory limit (cgroup)"], SOURCE_NAMES),
  ).toEqual([]);
  const known = ["amd-smi is not installed", "no GPU", "1 GPU", "3 GPUs", "gave no answer within 3 s"];
  expect(otherThanSaid(known, MESSAGES)).toEqual([]);
  expect(inKnownForm("NVIDIA-SMI has failed", MESSAGES)).toBeNull();
});

test("in German they are German, numbers too", async () => {
  speak({ tag: "de", locale: "de-DE", messages: await loadMessages("de") });
  expect(
    speedBasisText(
      "From 264 measured rates of 11 devices of its generation (ada, cuda). The speed of the RAM is not known: two channels of a PC are taken, about 66 GB/s.",
    ),
  ).toBe(
    "Aus 264 gemessenen Raten von 11 Geräten seiner Generation (ada, cuda). Die Geschwindigkeit des RAM ist nicht bekannt: Angenommen werden zwei Kanäle eines PCs, etwa 66 GB/s.",
  );
  expect(memoryTermTexts({ name: "tables", formula: "248,320 tokens × 2,048", source: "a paper" })).toEqual({
    name: "Tabellen",
    formula: "248.320 Token × 2.048",
    source: "a paper",
  });
});
