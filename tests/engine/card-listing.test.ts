import { describe, expect, test } from "vitest";
import { cardsLike } from "#engine/hardware/card-listing.ts";
import { SHIPPED } from "../catalog/shipped.ts";

const { cards } = SHIPPED;

function namesLike(text: string): readonly string[] {
  return cardsLike(text, cards).map(({ name }) => name);
}

describe("cards as people type them: the first is the one by that name", () => {
  test.each([
    ["4090", "NVIDIA GeForce RTX 4090"],
    ["rtx4090", "NVIDIA GeForce RTX 4090"],
    ["RTX-4090", "NVIDIA GeForce RTX 4090"],
    ["geforce 4090 gpu", "NVIDIA GeForce RTX 4090"],
    ["3060 12gb", "NVIDIA GeForce RTX 3060"],
    ["3060 12 GB", "NVIDIA GeForce RTX 3060"],
    ["3060 8g", "NVIDIA GeForce RTX 3060 8GB"],
    ["4060ti 16gb", "NVIDIA GeForce RTX 4060 Ti 16GB"],
    ["rtx4070tisuper", "NVIDIA GeForce RTX 4070 Ti SUPER"],
    ["4070 mobile", "NVIDIA GeForce RTX 4070 Laptop GPU"],
    ["laptop 4070", "NVIDIA GeForce RTX 4070 Laptop GPU"],
    ["7900xtx", "AMD Radeon RX 7900 XTX"],
    ["amd 6800xt", "AMD Radeon RX 6800 XT"],
    ["radeonrx6800xt", "AMD Radeon RX 6800 XT"],
    ["a770", "Intel Arc A770"],
    ["h100 sxm", "NVIDIA H100 80GB HBM3"],
    ["gb10", "NVIDIA GB10"],
    ["dgx spark", "NVIDIA GB10"],
    ["rtx 6000 pro", "NVIDIA RTX PRO 6000 Blackwell Workstation Edition"],
    ["titan v", "NVIDIA TITAN V"],
    ["p40", "Tesla P40"],
    ["mi50 32gb", "AMD Instinct MI50 32 GB"],
    ["395", "AMD Radeon 8060S"],
    ["10DE:2684", "NVIDIA GeForce RTX 4090"],
  ])("%s", (text, name) => {
    expect(namesLike(text)[0]).toBe(name);
  });
});

describe("chips by the computer they are in", () => {
  test.each([
    ["mac studio m3 ultra", ["Apple M3 Ultra (60-core GPU)", "Apple M3 Ultra (80-core GPU)"]],
    ["MacBook Pro 16-inch M4 Max", ["Apple M4 Max (32-core GPU)", "Apple M4 Max (40-core GPU)"]],
    ["mac mini m4 pro", ["Apple M4 Pro (16-core GPU)", "Apple M4 Pro (20-core GPU)"]],
    ["macbook neo", ["Apple A18 Pro (5-core GPU)"]],
    ["strix halo", ["AMD Radeon 8040S", "AMD Radeon 8050S", "AMD Radeon 8060S"]],
  ])("%s", (text, names) => {
    expect(namesLike(text)).toEqual(names);
  });

  test("the chip by that very name is before its larger siblings", () => {
    expect(namesLike("macbook air m2").slice(0, 2)).toEqual([
      "Apple M2 (10-core GPU)",
      "Apple M2 (8-core GPU)",
    ]);
  });
});

test("every word counts: a card that has another size, or is not made, is not found", () => {
  expect(namesLike("rtx 4090 48gb")).toEqual([]);
  expect(namesLike("rtx 4090ti")).toEqual([]);
  expect(namesLike("mac studio 4090")).toEqual([]);
});

test("without a word it is all of them, as the database has them", () => {
  expect(cardsLike("", cards)).toEqual(cards);
});
