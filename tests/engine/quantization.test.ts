import { describe, expect, test } from "vitest";
import {
  findQuantization,
  isAtLeast,
  QUANTIZATION_LADDER,
  quantizationNames,
  QUANTIZATIONS,
} from "#engine/quantization.ts";
import { tensorBitsPerWeight } from "#engine/tensor-type.ts";

test.each([
  ["q4_k_m", "Q4_K_M"],
  [" Q4-K-M ", "Q4_K_M"],
  ["iq2_xxs", "IQ2_XXS"],
  ["awq", "AWQ"],
  ["Q9_K", null],
  ["", null],
])("a person who writes %j means %s", (text, name) => {
  expect(findQuantization(text)).toBe(name);
});

test.each([
  ["Q8_0", "Q4_K_M", true],
  ["Q4_K_M", "Q4_K_M", true],
  ["Q4_K_S", "Q4_K_M", false],
  ["BF16", "F16", true],
  ["IQ1_S", "Q2_K", false],
] as const)("%s keeps at least as much as %s: %s", (name, lowest, expected) => {
  expect(isAtLeast(name, lowest)).toBe(expected);
});

describe("the order of the table", () => {
  test("GGUF base types never grow from one row to the next", () => {
    const densities = quantizationNames()
      .filter((name) => QUANTIZATIONS[name].format === "gguf" && name !== "MXFP4_MOE")
      .map((name) => tensorBitsPerWeight(QUANTIZATIONS[name].baseType));
    // Q5_1 and Q4_1 carry a minimum for every block and are denser than the mixtures of more bits around them.
    const rises = densities.slice(1).filter((density, index) => density > (densities[index] ?? 0) + 0.5);
    expect(rises).toEqual([]);
  });

  test("the ladder goes down the table", () => {
    const places = QUANTIZATION_LADDER.map((name) => quantizationNames().indexOf(name));
    expect(places).toEqual([...places].sort((one, other) => one - other));
  });
});
