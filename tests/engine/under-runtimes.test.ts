import { describe, expect, test } from "vitest";
import { verdictOfBuild } from "#engine/build-verdict.ts";
import { estimateBuild, estimateFit } from "#engine/estimate.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { longestContext } from "#engine/search.ts";
import { underRuntimes } from "#engine/under-runtimes.ts";
import { SHIPPED, shippedModel } from "../catalog/shipped.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";

const MODEL = shippedModel("llama-2-70b");
const MACHINE = machineOf([namedCard("RTX 3090", 0), namedCard("RTX 3090", 1)], 64);
const ROWS = underRuntimes({ model: MODEL, machine: MACHINE, scenario: DEFAULT_SCENARIO }, SHIPPED.runtimes);

test("every runtime of the catalog has a row, with the fit that it alone would have", () => {
  expect(ROWS.map(({ runtime }) => runtime.id)).toEqual(SHIPPED.runtimes.map(({ id }) => id));
  for (const { runtime, fit } of ROWS) {
    expect(fit).toEqual(estimateFit(MODEL, MACHINE, { ...DEFAULT_SCENARIO, runtime }));
  }
});

test("what a runtime cannot run is unknown, with why, and has no longest context", () => {
  const mlx = ROWS.find(({ runtime }) => runtime.id === "mlx");
  expect(mlx?.fit.verdict).toMatchObject({ kind: "unknown" });
  expect(mlx?.longestContext).toBeNull();
});

test("the context that fits counts RAM only where the fit has a part of the model there", () => {
  const machine = machineOf([namedCard("RTX 3090", 0)], 64);
  const small = { model: shippedModel("llama-3.1-8b"), machine, scenario: DEFAULT_SCENARIO };
  const llamaCpp = SHIPPED.runtimes.filter(({ id }) => id === "llama.cpp");
  const [row] = underRuntimes(small, llamaCpp, "F16");
  if (row === undefined) throw new Error("llama.cpp has a profile");
  const asked = { ...small, scenario: { ...DEFAULT_SCENARIO, runtime: row.runtime } };
  expect(row.fit.placement.kind).toBe("single");
  expect(row.longestContext).toBe(longestContext(asked, "F16", "cards"));
  expect(row.longestContext).toBeLessThan(longestContext(asked, "F16", "anywhere") ?? 0);
});

test.each([
  ["llama.cpp", 4096], // all it was trained for
  ["lm-studio", 4096],
  ["ollama", 262_144], // 48 GiB of cards: its largest step
])("%s takes %d tokens when nobody says", (id, contextLength) => {
  expect(ROWS.find(({ runtime }) => runtime.id === id)?.defaultContextLength).toBe(contextLength);
});

describe("of a packing that somebody chose", () => {
  const under = (
    modelId: string,
    quantization: "Q4_K_M" | "IQ3_XXS",
    cardName: Parameters<typeof namedCard>[0],
  ) => {
    const machine = machineOf([namedCard(cardName, 0)], 256);
    const asked = { model: shippedModel(modelId), machine, scenario: DEFAULT_SCENARIO };
    return { asked, rows: underRuntimes(asked, SHIPPED.runtimes, quantization) };
  };
  const kindsOf = ({ rows }: ReturnType<typeof under>) =>
    new Map(rows.map(({ runtime, fit }) => [runtime.id, fit.verdict.kind]));

  test("no row says that it needs quantization where the model as published fits as well", () => {
    const kinds = kindsOf(under("qwen3.8-27b", "Q4_K_M", "H100 80GB"));
    expect([...kinds.values()].filter((kind) => kind !== "fits" && kind !== "unknown")).toEqual([]);
    expect(kinds.get("llama.cpp")).toBe("fits");
  });

  test("nor where the runtime only does not load what is published", () => {
    expect(kindsOf(under("ministral-3-8b", "Q4_K_M", "H100 80GB")).get("llama.cpp")).toBe("fits");
    expect(kindsOf(under("ministral-3-8b", "Q4_K_M", "RTX 3070")).get("llama.cpp")).toBe(
      "needs-quantization",
    );
  });

  test("where only packed it fits, each row says so", () => {
    const kinds = kindsOf(under("qwen3.8-27b", "Q4_K_M", "RTX 4090"));
    expect([kinds.get("llama.cpp"), kinds.get("ollama")]).toEqual([
      "needs-quantization",
      "needs-quantization",
    ]);
  });

  test.each(SHIPPED.runtimes.map((runtime) => [runtime.id, runtime] as const))(
    "under %s it is what is said of it where that runtime is asked for",
    (_, runtime) => {
      const { asked, rows } = under("qwen3.8-27b", "Q4_K_M", "H100 80GB");
      const scenario = { ...asked.scenario, runtime };
      const build = estimateBuild(asked.model, asked.machine, scenario, "Q4_K_M");
      const row = rows.find((each) => each.runtime === runtime);
      if (row?.notLoaded === null)
        expect(row.fit).toEqual({ ...build, verdict: verdictOfBuild(build, { ...asked, scenario }) });
    },
  );

  test("a runtime that does not load it has its own best, and that is told", () => {
    const { asked, rows } = under("qwen3.8-27b", "IQ3_XXS", "H100 80GB");
    const row = rows.find(({ notLoaded, fit }) => notLoaded !== null && fit.verdict.kind !== "unknown");
    if (row === undefined) throw new Error("one of them does not load it");
    expect(row.notLoaded).toBe("IQ3_XXS");
    const scenario = { ...asked.scenario, runtime: row.runtime };
    expect(row.fit).toEqual(estimateFit(asked.model, asked.machine, scenario));
  });
});

test("figures of a packing that a runtime does not load say so, and those of its own do not", () => {
  const runtime = SHIPPED.runtimes.find(({ id }) => id === "vllm");
  if (runtime === undefined) throw new Error("the catalog has no vLLM");
  const scenario = { ...DEFAULT_SCENARIO, runtime };
  const caveatsAs = (quantization: "Q4_K_M" | "FP8"): readonly string[] =>
    estimateFit(shippedModel("llama-3-8b"), MACHINE, scenario, quantization).caveats;
  expect(caveatsAs("Q4_K_M")).toContain("vLLM does not load Q4_K_M: these figures are what it would take.");
  expect(caveatsAs("FP8").filter((caveat) => caveat.includes("load"))).toEqual([]);
});
