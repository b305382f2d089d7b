import { expect, test } from "vitest";
import { cardsNeeded, cardsThatHold, type CandidateCard } from "#engine/hardware-for.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { mibToBytes } from "#engine/units.ts";
import { CARD_MEMORY_MIB, machineOf } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";

const QUESTION = {
  model: fixtureModel("llama-2-70b"),
  machine: machineOf([], 64),
  scenario: { ...DEFAULT_SCENARIO, contextLength: 4096 },
};

function card(name: keyof typeof CARD_MEMORY_MIB): CandidateCard {
  const memoryBytes = { value: mibToBytes(CARD_MEMORY_MIB[name]), source: "test" };
  return { id: name, name, vendor: "nvidia", memoryKind: "dedicated", memoryBytes };
}

test.each([
  ["RTX 4090", "Q4_K_M", 2],
  ["H100 80GB", "Q4_K_M", 1],
  ["H100 80GB", "F16", 2],
  ["RTX 4090", "F16", 7],
  ["RTX 3070", "F16", null],
] as const)("of %s, Llama 2 70B in %s takes %s", (name, quantization, expected) => {
  expect(cardsNeeded(QUESTION, card(name), quantization)).toBe(expected);
});

test("cards that would do, the fewest and then the smallest first", () => {
  const cards = [card("RTX 3070"), card("H100 80GB"), card("RTX 3090"), card("RTX 4090")];
  const found = cardsThatHold(QUESTION, cards, "Q4_K_M").map(({ card: { name }, count }) => [name, count]);
  expect(found.slice(0, 3)).toEqual([
    ["H100 80GB", 1],
    ["RTX 4090", 2],
    ["RTX 3090", 2],
  ]);
});

test("a card of unknown memory is not reckoned with", () => {
  expect(
    cardsNeeded(QUESTION, { ...card("RTX 4090"), memoryBytes: { missing: "nobody says" } }, "Q4_K_M"),
  ).toBeNull();
});
