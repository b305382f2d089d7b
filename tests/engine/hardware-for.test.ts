import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { isSolderedIn } from "#engine/added-parts.ts";
import { cardsNeeded, cardsThatHold, type CandidateCard } from "#engine/hardware-for.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { mibToBytes } from "#engine/units.ts";
import { SHIPPED, shippedModel } from "../catalog/shipped.ts";
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

const LAPTOP_FILES = ["nvidia-geforce-laptop", "nvidia-workstation-laptop"];

test.each(LAPTOP_FILES)("every card of catalog/hardware/%s.json is known to be soldered in", (file) => {
  const text = readFileSync(new URL(`../../catalog/hardware/${file}.json`, import.meta.url), "utf8");
  const { cards } = JSON.parse(text) as { readonly cards: readonly { readonly name: string }[] }; // our own file
  expect(cards.length).toBeGreaterThan(40);
  expect(cards.filter((each) => !isSolderedIn(each)).map(({ name }) => name)).toEqual([]);
});

test.each([
  ["AMD Radeon RX 6700M", true],
  ["AMD Radeon Pro 5500 XT", true], // of an iMac
  ["AMD Radeon Pro Vega 16", true],
  ["AMD Radeon RX Vega M GH", true],
  ["Intel Arc Pro A60M", true],
  ["AMD Radeon Pro W5500", false],
  ["AMD Radeon RX Vega 64", false],
  ["AMD Radeon RX 5500 XT", false],
  ["NVIDIA A10M", false],
  ["NVIDIA T1000", false],
  ["NVIDIA T400", false],
  ["NVIDIA Quadro P2200", false],
  ["NVIDIA Quadro RTX 4000", false],
  ["NVIDIA GeForce GTX 1650", false],
  ["NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition", false],
  ["AMD Radeon AI PRO R9700S", false],
  ["Tesla V100S-PCIE-32GB", false],
])("%s is soldered in: %s", (name, isIn) => {
  expect(isSolderedIn({ name })).toBe(isIn);
});

test("what is soldered into laptops is offered nobody, however many would do", () => {
  const found = cardsThatHold({ ...QUESTION, model: shippedModel("llama-3-70b") }, SHIPPED.cards, "Q4_K_M");
  expect(found.length).toBeGreaterThan(50);
  expect(found.filter(({ card: each }) => isSolderedIn(each))).toEqual([]);
  expect(found.filter(({ card: each, count }) => each.memoryKind === "unified" && count > 1)).toEqual([]);
});
