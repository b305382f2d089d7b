import { describe, expect, test } from "vitest";
import { isGoodEnough } from "../../src/advice/evaluate.ts";
import { hasEvidence, type Option } from "../../src/advice/option.ts";
import { PRIORITIES } from "../../src/advice/question.ts";
import { recommend } from "../../src/advice/recommend.ts";
import { TASKS } from "../../src/advice/task.ts";
import { againstBestText } from "../../src/shared/advice-text.ts";
import { data, questionOn } from "./catalog-data.ts";
import { BRIEF_MACHINE_NAMES } from "./machines.ts";

describe("the highest figure of quality", () => {
  test.each(BRIEF_MACHINE_NAMES)("has a card on the %s where quality is asked for", (machine) => {
    for (const task of TASKS)
      for (const qualityWeight of [PRIORITIES.quality, 1]) {
        const asked = recommend(questionOn(machine, { task, qualityWeight }), data);
        const { best, alternatives, evaluation } = asked;
        if (best === null) throw new Error("no pick");
        const figureOf = ({ quality }: Option): number => Math.round(quality.net.index);
        const good = evaluation.options.filter((each) => hasEvidence(each) && isGoodEnough(each, evaluation));
        const shown = [best, ...alternatives.map(({ option }) => option)];
        const most = Math.max(...shown.map(figureOf));
        const ids = shown.map(({ model }) => model.id);
        // A finer packing of a model that is shown is told among its cautions.
        const hidden = good.filter((each) => figureOf(each) > most && !ids.includes(each.model.id));
        expect(hidden.map(({ model }) => `${task}: ${model.id}`)).toEqual([]);
      }
  });

  test("says why it is not the best answer", () => {
    const asked = recommend(questionOn("8 GB card", { task: "chat", qualityWeight: 1 }), data);
    const { best, alternatives } = asked;
    const shown = alternatives.find(({ roles }) => roles.includes("best-quality"));
    if (best === null || shown === undefined) throw new Error("no card");
    expect([best.model.id, shown.option.model.id]).toEqual(["qwen3.5-9b", "qwen3.5-35b-a3b"]);
    expect(againstBestText(shown, best)).toContain(
      "its figure is the highest, but that is within the uncertainty, and the best answer takes less",
    );
  });

  test("is no role of its own where quality and speed weigh alike", () => {
    const question = questionOn("8 GB card", { task: "chat", qualityWeight: PRIORITIES.balanced });
    const roles = recommend(question, data).alternatives.flatMap((each) => each.roles);
    expect(roles).not.toContain("best-quality");
  });
});
