import { describe, expect, test } from "vitest";
import { cautionsFor, type Caution } from "../../src/advice/cautions.ts";
import { onePerModel, type Evaluation } from "../../src/advice/evaluate.ts";
import { explainBest } from "../../src/advice/explain.ts";
import type { Option } from "../../src/advice/option.ts";
import { recommend } from "../../src/advice/recommend.ts";
import type { RamBandwidth } from "../../src/engine/machine.ts";
import { cautionText } from "../../src/shared/caution-text.ts";
import { data, questionOn } from "./catalog-data.ts";
import { BRIEF_MACHINE_NAMES } from "./machines.ts";

function assumedOf(option: Option, evaluation: Evaluation): Extract<Caution, { kind: "assumed-ram" }> | null {
  return cautionsFor(option, evaluation).find((caution) => caution.kind === "assumed-ram") ?? null;
}

describe("a speed of the RAM that is taken for granted", () => {
  test.each(BRIEF_MACHINE_NAMES)("is said on the %s of what is read from RAM, and of nothing else", (on) => {
    const { evaluation } = recommend(questionOn(on), data);
    for (const option of onePerModel(evaluation.options)) {
      if (option.speed.kind !== "known") continue;
      const isTaken = option.speed.basis.includes("two channels of a PC are taken, about 66 GB/s");
      expect(assumedOf(option, evaluation) !== null, option.model.id).toBe(isTaken);
    }
  });

  test("is among the two cautions that the card of the pick shows without a GPU", () => {
    const cautions = explainBest(recommend(questionOn("CPU with 32 GB"), data))?.cautions ?? [];
    expect(cautions.slice(0, 2).map(cautionText)).toContain(
      "The speed of this computer's RAM is not known: two channels of a PC are taken, about 66 GB/s. Measured here, the figures are this computer's own; with a stated speed they are narrower.",
    );
  });

  test.each([true, false])("is not said where it is given, as measured: %s", (isMeasured) => {
    const question = questionOn("CPU with 32 GB");
    const bandwidth: RamBandwidth = { bytesPerSecond: 66e9, isMeasured, source: "test" };
    const machine = { ...question.machine, ram: { ...question.machine.ram, bandwidth } };
    const assumed = recommend(question, data).best;
    const { best, evaluation } = recommend({ ...question, machine }, data);
    if (best?.speed.kind !== "known" || assumed?.speed.kind !== "known") throw new Error("no speed");
    expect(assumedOf(best, evaluation)).toBeNull();
    const width = ({ low, high }: { readonly low: number; readonly high: number }): number => high / low;
    const narrower = width(assumed.speed.decodeTokensPerSecond) / width(best.speed.decodeTokensPerSecond);
    if (isMeasured) expect(narrower).toBeCloseTo(1, 1);
    else expect(narrower).toBeGreaterThan(1.1);
  });
});
