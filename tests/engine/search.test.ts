import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { bestQuantization, highestParallelism, longestContext, type Asked } from "#engine/search.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import type { ArchitectureName } from "../fixtures/architectures.ts";
import { machineOf, namedCard, type CARD_MEMORY_MIB } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";
import { VLLM } from "../fixtures/runtimes.ts";

function asked(
  id: ArchitectureName,
  card: keyof typeof CARD_MEMORY_MIB,
  trainedContextLength: number,
  scenario: Partial<Scenario> = {},
): Asked {
  return {
    model: { ...fixtureModel(id), trainedContextLength: { value: trainedContextLength, source: "test" } },
    machine: machineOf([namedCard(card)], 64),
    scenario: { ...DEFAULT_SCENARIO, ...scenario },
  };
}

describe("the longest context", () => {
  test("of what the model was trained for, where all of it holds", () => {
    expect(longestContext(asked("llama-3-8b", "RTX 4090", 8192), "Q4_K_M")).toBe(8192);
  });

  test("is the last step that holds: one more does not", () => {
    const question = asked("llama-3-8b", "RTX 4090", 131_072);
    const longest = longestContext(question, "F16") ?? 0;
    const kindAt = (contextLength: number): string =>
      estimateFit(question.model, question.machine, { ...question.scenario, contextLength }, "F16").placement
        .kind;
    expect(longest % 256).toBe(0);
    expect([kindAt(longest), kindAt(longest + 256)]).toEqual(["single", "layer-offload"]);
  });

  test("is twice as long and more with keys and values of 8 bits", () => {
    const plain = longestContext(asked("llama-3-8b", "RTX 4090", 131_072), "F16") ?? 0;
    const types = { keyCacheType: "q8_0", valueCacheType: "q8_0" } as const;
    const packed = longestContext(asked("llama-3-8b", "RTX 4090", 131_072, types), "F16") ?? 0;
    expect(packed / plain).toBeGreaterThan(1.7);
  });

  test("is none where weights alone are too much", () => {
    expect(longestContext(asked("llama-2-70b", "RTX 4090", 4096), "F16")).toBeNull();
  });
});

describe("the best quantization", () => {
  test.each([
    ["llama-3-8b", "RTX 4090", "BF16"],
    ["llama-3-8b", "RTX 3070", "Q6_K"],
    ["llama-2-70b", "RTX 4090", "IQ2_XXS"],
  ] as const)("of %s on %s is %s", (id, card, expected) => {
    expect(bestQuantization(asked(id, card, 8192))).toBe(expected);
  });

  test("for a runtime is one that it loads", () => {
    expect(
      bestQuantization(asked("llama-3-8b", "RTX 3070", 8192, { runtime: VLLM, contextLength: 2048 })),
    ).toBe("AWQ");
  });

  test("with RAM may be finer", () => {
    expect(bestQuantization(asked("llama-2-70b", "RTX 4090", 4096), "anywhere")).toBe("Q8_0");
  });
});

test("sequences at once each have the whole context, of llama.cpp's one pool as of a paged cache", () => {
  const pooled = highestParallelism(asked("llama-3-8b", "RTX 4090", 8192), "Q4_K_M");
  const each = highestParallelism(asked("llama-3-8b", "RTX 4090", 8192, { runtime: VLLM }), "AWQ");
  // 1 GiB for each of 8,192 tokens, in what 4.3 GiB of weights (without the table) and 1.2 of the rest and the margin leave of 24.
  expect(pooled).toBe(18);
  // 1 GiB for each of 8,192 tokens, in what 5.3 GiB of weights leave of 21.
  expect(each).toBeGreaterThan(13);
  expect(each).toBeLessThan(16);
});
