import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { namedCardsNeeded } from "#engine/hardware-for.ts";
import { planFor, type Plan } from "#engine/plan.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { holds, type Asked } from "#engine/search.ts";
import { shippedModel, SHIPPED } from "../catalog/shipped.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";

function asked(id: string, change: Partial<Scenario> = {}): Asked {
  return {
    model: shippedModel(id),
    machine: machineOf([namedCard("RTX 4090")], 64),
    scenario: { ...DEFAULT_SCENARIO, ...change },
  };
}

function planned(question: Asked): Plan {
  const fit = estimateFit(question.model, question.machine, question.scenario);
  const plan = planFor(question, fit, SHIPPED.cards);
  if (plan === null) throw new Error("a fact is missing");
  return plan;
}

describe("a plan", () => {
  const question = asked("llama-2-70b", { contextLength: 4096 });
  const plan = planned(question);

  test("says what the cards hold and what RAM adds", () => {
    expect(plan.quantization).toBe("Q4_K_M");
    expect(plan.onCards).toEqual({
      longestContext: null,
      bestQuantization: "IQ2_XXS",
      highestParallelism: null,
    });
    expect(plan.anywhere.longestContext).toBe(4096);
  });

  test("names changes of which each makes it hold, the cheapest first", () => {
    expect(plan.changes.map(({ cost }) => cost)).toEqual(
      [...plan.changes.map(({ cost }) => cost)].sort((a, b) => a - b),
    );
    expect(plan.changes.flatMap(({ levers }) => levers.map(({ kind }) => kind))).toContain("one-more-card");
  });

  test("names only cards of which that many hold it, and one fewer do not", () => {
    const counts = new Set(plan.cards.map(({ count }) => count));
    expect(counts.has(1) && counts.has(2)).toBe(true);
    for (const [name, count] of [
      ["NVIDIA GeForce RTX 4090", 2],
      ["NVIDIA A100 80GB PCIe", 1],
    ] as const) {
      expect(plan.cards.find(({ card }) => card.name === name)?.count).toBe(count);
    }
    // 38.6 GiB of weights are more than four cards of 8 GiB have in all.
    expect(
      plan.cards.every(
        ({ card, count }) => "value" in card.memoryBytes && card.memoryBytes.value * count > 38.6 * 2 ** 30,
      ),
    ).toBe(true);
  });

  test("of a model with a missing fact there is none", () => {
    const model = { ...question.model, releasePrecision: { missing: "nobody says" } };
    const fit = estimateFit(model, question.machine, question.scenario);
    expect(planFor({ ...question, model }, fit, SHIPPED.cards)).toBeNull();
  });
});

describe("how many of a card that a person names", () => {
  const question = asked("llama-2-70b", { contextLength: 4096 });

  test.each([
    ["RTX 3060@12GiB", 5],
    ["RTX 4090", 2],
    ["M2 Ultra@128GiB", 1],
    ["M2@16GiB", null],
    ["RTX 5090 Laptop GPU", null], // two would do, and no laptop has two
  ])("%s: %s", (text, count) => {
    expect(namedCardsNeeded(question, text, SHIPPED.cards, "Q4_K_M")).toMatchObject({ kind: "ok", count });
  });

  test("one fewer does not hold it", () => {
    const four = machineOf(
      [0, 1, 2, 3].map((index) => ({ ...namedCard("RTX 3070", index), memoryTotalBytes: 12 * 2 ** 30 })),
      64,
    );
    expect(holds({ ...question, machine: four }, "Q4_K_M", "cards", question.scenario)).toBe(false);
  });

  test("a name that no card has is refused", () => {
    expect(namedCardsNeeded(question, "RTX 9999", SHIPPED.cards, "Q4_K_M").kind).toBe("failed");
  });
});
