import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { fitGrid, gridContexts } from "#engine/fit-grid.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";

const MODEL = { ...fixtureModel("llama-2-70b"), trainedContextLength: { value: 10_000, source: "test" } };
const MACHINE = machineOf([namedCard("RTX 3090", 0), namedCard("RTX 3090", 1)], 64);

describe("every packing against every context", () => {
  const rows = fitGrid({ model: MODEL, machine: MACHINE, scenario: DEFAULT_SCENARIO }, "q8_0");

  test("each cell is the estimate of its packing, context and cache", () => {
    for (const { quantization, cells } of rows) {
      for (const { contextLength, fit } of cells) {
        const scenario = {
          ...DEFAULT_SCENARIO,
          contextLength,
          keyCacheType: "q8_0",
          valueCacheType: "q8_0",
        } as const;
        expect(fit.placement).toEqual(estimateFit(MODEL, MACHINE, scenario, quantization).placement);
      }
    }
  });

  test("finest first, and what is held gets no worse for a coarser packing or a shorter context", () => {
    const rank = { "one-device": 0, "several-cards": 1, "with-ram": 2, no: 3 };
    const ranks = rows.map(({ cells }) => cells.map(({ held }) => rank[held]));
    for (const [index, row] of ranks.entries()) {
      expect(row).toEqual([...row].sort((one, other) => one - other));
      const coarser = ranks[index + 1];
      if (coarser !== undefined)
        row.forEach((value, column) => expect(coarser[column]).toBeLessThanOrEqual(value));
    }
    expect(rows.map(({ quantization }) => quantization).slice(0, 2)).toEqual(["BF16", "Q8_0"]);
    expect(new Set(rows.flatMap(({ cells }) => cells.map(({ held }) => held)))).toEqual(
      new Set(["one-device", "several-cards", "with-ram", "no"]),
    );
  });
});

test.each([
  [10_000, [2048, 4096, 8192, 10_000]],
  [8192, [2048, 4096, 8192]],
  [1024, [1024]],
])("contexts double up to the %d it was trained for", (trained, expected) => {
  expect(gridContexts({ value: trained, source: "test" })).toEqual(expected);
});

test("without a trained context they end at 131,072", () => {
  expect(gridContexts({ missing: "nobody says" }).at(-1)).toBe(131_072);
});
