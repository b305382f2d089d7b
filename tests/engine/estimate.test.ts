import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { ARCHITECTURES } from "../fixtures/architectures.ts";
import { cardOf, machineOf, namedCard } from "../fixtures/machine.ts";
import { fixtureModel, modelOf } from "../fixtures/model.ts";

const MACHINE = machineOf([namedCard("RTX 4090")], 64);
const KNOWN_ARCHITECTURE = { value: ARCHITECTURES["llama-3-8b"], source: "test" } as const;
const KNOWN_PRECISION = { value: "BF16", source: "test" } as const;

describe("a quantization that was asked for", () => {
  test("memory and placement are for it; the verdict is still the model's", () => {
    const fit = estimateFit(fixtureModel("llama-3-8b"), MACHINE, DEFAULT_SCENARIO, "Q4_K_M");
    expect(fit.verdict.kind).toBe("fits");
    expect(fit.verdict).toMatchObject({ quantization: "BF16" });
    expect(fit.quantization).toBe("Q4_K_M");
    expect((fit.memory?.weightsBytes ?? 0) / 2 ** 30).toBeCloseTo(4.58, 2); // 4.58 GiB by llama.cpp's own log
  });

  test("nothing is placed where it fits nowhere", () => {
    const fit = estimateFit(fixtureModel("deepseek-v3"), MACHINE, DEFAULT_SCENARIO, "F16");
    expect(fit.placement).toEqual({ kind: "none", devices: [] });
    expect(fit.memory?.overheadBytes).toBe(0);
  });
});

test.each([
  [
    "architecture",
    modelOf("m", { missing: "The config is not public." }, KNOWN_PRECISION),
    "Architecture: The config is not public.",
  ],
  [
    "release precision",
    modelOf("m", KNOWN_ARCHITECTURE, { missing: "Nobody says." }),
    "Release precision: Nobody says.",
  ],
])("a model whose %s is missing is unknown, and says why", (_fact, model, missing) => {
  const fit = estimateFit(model, MACHINE, DEFAULT_SCENARIO);
  expect(fit).toMatchObject({
    verdict: { kind: "unknown", missing, contextLength: 8192 },
    quantization: null,
    memory: null,
  });
});

test("a card of unknown memory that was left out is named", () => {
  const machine = machineOf([namedCard("RTX 4090"), cardOf("Mystery card", null)], 64);
  const { caveats } = estimateFit(fixtureModel("llama-3-8b"), machine, DEFAULT_SCENARIO);
  expect(caveats).toEqual(["How much memory Mystery card has is not known. It is left out."]);
});
