import { expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
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
