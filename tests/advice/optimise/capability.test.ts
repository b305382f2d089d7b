import { describe, expect, test } from "vitest";
import { ableRuntime } from "#advice/optimise/able-runtime.ts";
import {
  abilityOf,
  commonAbility,
  generationOfAccelerator,
  type Ability,
  type Feature,
} from "#advice/optimise/capability.ts";
import type { MachineReport } from "#engine/machine.ts";
import { overrideMachine } from "#engine/machine-override.ts";
import { SHIPPED } from "../../catalog/shipped.ts";

function machineWith(...gpus: readonly string[]): MachineReport {
  const made = overrideMachine(null, { gpus, ram: "64GiB" }, SHIPPED.cards);
  if (made.kind === "failed") throw new Error(made.message);
  return made.machine;
}

function abilityOn(gpu: string, feature: Feature): Ability {
  const [accelerator] = machineWith(gpu).accelerators;
  if (accelerator === undefined) throw new Error(`no ${gpu}`);
  return abilityOf(generationOfAccelerator(accelerator, SHIPPED.cards), feature);
}

describe("hardware that cannot do it is refused, with reason and source", () => {
  test.each([
    ["RTX 3090", "fp8", "no"], // Ampere, 8.6
    ["A100 80GB", "fp8", "no"], // Ampere, 8.0
    ["RTX 4090", "fp8", "yes"], // Ada, 8.9
    ["H100 PCIe", "fp8", "yes"],
    ["RTX 2080 Ti", "flash-attention-2", "no"], // Turing, 7.5
    ["Tesla T4", "flash-attention-2", "no"],
    ["RTX 3060", "flash-attention-2", "yes"],
    ["Tesla V100 16GB", "awq", "no"], // Volta, 7.0
    ["RTX 2080 Ti", "awq", "yes"],
    ["RTX 2080 Ti", "bfloat16", "no"],
    ["RTX 4090", "nvfp4", "no"],
    ["RTX 5090", "nvfp4", "yes"],
    ["RX 7900 XTX", "fp8", "no"], // gfx1100
    ["RX 9070 XT", "fp8", "yes"], // gfx1201
    ["MI300X", "fp8", "yes"], // gfx942
    ["RX 7900 XTX", "awq", "no"],
    ["M4 Max@64GiB", "fp8", "no"],
    ["M4 Max@64GiB", "flash-attention-2", "no"],
    ["Arc B580", "flash-attention-2", "no"],
    ["RTX 2080 Ti", "exllama", "no"],
  ] as const)("%s, %s: %s", (gpu, feature, can) => {
    const ability = abilityOn(gpu, feature);
    expect(ability.can).toBe(can);
    expect(ability.source).not.toBe("");
    expect(ability.reason).toMatch(/\.$/);
  });

  test("of two cards, what one cannot, both cannot", () => {
    const generations = machineWith("RTX 4090", "RTX 3090").accelerators.map((accelerator) =>
      generationOfAccelerator(accelerator, SHIPPED.cards),
    );
    expect(commonAbility(generations, "fp8")).toMatchObject({ can: "no" });
  });

  test("a card nobody knows is neither able nor unable", () => {
    const unknown = { name: "Card", vendor: "nvidia", computeCapability: null, gfxTarget: null } as const;
    expect(abilityOf(unknown, "fp8").can).toBe("unknown");
  });
});

describe("a runtime offers only the packings that the hardware computes with", () => {
  function packingsOn(runtimeId: string, ...gpus: readonly string[]): readonly string[] {
    const runtime = SHIPPED.runtimes.find(({ id }) => id === runtimeId);
    if (runtime === undefined) throw new Error(`no ${runtimeId}`);
    return ableRuntime(runtime, machineWith(...gpus), SHIPPED.cards).runtime.packings;
  }

  test.each([
    ["vllm", "RTX 3090", "fp8", false],
    ["vllm", "RTX 4090", "fp8", true],
    ["vllm", "RTX 4090", "nvfp4", false],
    ["vllm", "RX 7900 XTX", "awq", false],
    ["transformers", "RTX 2080 Ti", "int8", true],
    ["exllama", "RTX 2080 Ti", "exl3", false],
    ["exllama", "RTX 2080 Ti", "exl2", true],
    ["exllama", "RTX 3090", "exl3", true],
    ["llama.cpp", "RTX 2080 Ti", "gguf", true],
    ["transformers", null, "fp8", false],
    ["transformers", null, "16-bit", true],
  ] as const)("%s on %s, %s: %s", (runtime, gpu, packing, offered) => {
    expect(packingsOn(runtime, ...(gpu === null ? [] : [gpu])).includes(packing)).toBe(offered);
  });
});
