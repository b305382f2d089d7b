import { expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";
import { MLX, VLLM } from "../fixtures/runtimes.ts";

const CARD = machineOf([namedCard("RTX 4090")], 64);
const MAC_WITH_CARD = { ...CARD, os: { ...CARD.os, platform: "darwin" } };
const NO_SYSTEM = { ...CARD, os: { ...CARD.os, platform: null } };

test.each<[string, typeof CARD, Partial<Scenario>, string | null]>([
  ["another system", MAC_WITH_CARD, { runtime: VLLM }, "vLLM runs on Linux, and this machine has macOS."],
  ["another maker's card", NO_SYSTEM, { runtime: MLX }, "MLX drives no accelerator of this machine."],
  [
    "a cache type it does not have",
    CARD,
    { runtime: VLLM, valueCacheType: "q8_0" },
    "vLLM keeps no KV cache in q8_0; it takes f16, fp8.",
  ],
  ["nothing against it", NO_SYSTEM, { runtime: VLLM }, null],
])("%s", (_case, machine, change, missing) => {
  const { verdict } = estimateFit(fixtureModel("llama-3-8b"), machine, { ...DEFAULT_SCENARIO, ...change });
  expect(verdict.kind === "unknown" ? verdict.missing : null).toBe(missing);
});
