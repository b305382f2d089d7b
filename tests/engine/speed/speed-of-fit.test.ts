import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import type { Accelerator } from "#engine/machine.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import type { SpeedEstimate } from "#engine/speed/estimate-speed.ts";
import { speedOfFit } from "#engine/speed/speed-of-fit.ts";
import { gibToBytes } from "#engine/units.ts";
import { SHIPPED, shippedModel } from "../../catalog/shipped.ts";
import { cardOf, machineOf, unifiedGpu } from "../../fixtures/machine.ts";
import { SHIPPED_SPEED } from "./shipped.ts";

function speedOf(
  id: string,
  accelerators: readonly Accelerator[],
  asked: {
    readonly quantization?: QuantizationName;
    readonly scenario?: Partial<Scenario>;
    readonly ramGiB?: number;
  } = {},
): SpeedEstimate {
  const model = shippedModel(id);
  const machine = machineOf(accelerators, asked.ramGiB ?? 64);
  const scenario = { ...DEFAULT_SCENARIO, ...asked.scenario };
  const fit = estimateFit(model, machine, scenario, asked.quantization ?? null);
  return speedOfFit(fit, model, {
    machine,
    cards: SHIPPED.cards,
    constants: SHIPPED_SPEED,
    promptLength: null,
    calibration: null,
  });
}

const RTX_4090 = cardOf("NVIDIA GeForce RTX 4090", gibToBytes(24));

/** Measured: `tests/speed/` reads the rows. A wide corridor, to see that units and wiring are right. */
describe("fits of shipped models on shipped cards", () => {
  test.each<[string, readonly Accelerator[], QuantizationName, readonly [low: number, high: number]]>([
    ["llama-3.1-8b", [RTX_4090], "Q4_K_M", [100, 190]],
    ["llama-2-7b", [RTX_4090], "Q4_0", [130, 230]],
    ["gpt-oss-20b", [RTX_4090], "MXFP4_MOE", [150, 300]],
    ["llama-3.1-70b", [RTX_4090, { ...RTX_4090, id: "second" }], "Q4_K_M", [12, 24]],
  ])("%s on %o", (id, accelerators, quantization, [low, high]) => {
    const speed = speedOf(id, accelerators, { quantization, scenario: { contextLength: 512 } });
    if (speed.kind === "missing") throw new Error(speed.reason);
    expect(speed.decodeTokensPerSecond.mid).toBeGreaterThan(low);
    expect(speed.decodeTokensPerSecond.mid).toBeLessThan(high);
    expect(speed.prefillTokensPerSecond?.mid).toBeGreaterThan(10 * speed.decodeTokensPerSecond.mid);
    expect(speed.measured).toBe(false);
  });

  test("a longer context decodes slower", () => {
    const rate = (contextLength: number): number => {
      const speed = speedOf("llama-3.1-8b", [RTX_4090], {
        quantization: "Q4_K_M",
        scenario: { contextLength },
      });
      return speed.kind === "missing" ? 0 : speed.decodeTokensPerSecond.mid;
    };
    expect(rate(65_536)).toBeLessThan(rate(4096));
  });

  test("RAM that holds only tables does not matter, however unknown its speed", () => {
    const speed = speedOf("llama-3.1-8b", [RTX_4090], { quantization: "Q4_K_M", ramGiB: 1024 });
    expect(speed.kind === "known" ? speed.basis : "").not.toMatch(/RAM/);
  });

  test("experts in RAM, whose speed is not known: said so", () => {
    const speed = speedOf("qwen3-30b-a3b", [cardOf("NVIDIA GeForce RTX 3060", gibToBytes(12))], {
      quantization: "Q4_K_M",
    });
    expect(speed.kind === "known" ? speed.basis : "").toMatch(/speed of the RAM is not known/);
  });
});

describe("what cannot be said", () => {
  test.each<[string, readonly Accelerator[], RegExp]>([
    [
      "a card the database does not have",
      [cardOf("NVIDIA GeForce RTX 9999", gibToBytes(24))],
      /card database has no/,
    ],
    [
      "a slice of a card",
      [
        {
          ...unifiedGpu("nvidia", gibToBytes(20), { deviceKind: "slice" }),
          name: "NVIDIA H100 80GB HBM3",
          memoryKind: "dedicated",
        },
      ],
      /part of what a whole card has/,
    ],
  ])("%s", (_case, accelerators, reason) => {
    const speed = speedOf("llama-3.1-8b", accelerators, { quantization: "Q4_K_M" });
    expect(speed.kind === "missing" ? speed.reason : "").toMatch(reason);
  });

  test("a name that several cards share has a range that covers what each of them would do", () => {
    const gpu = (name: string): Accelerator => ({ ...unifiedGpu("apple", gibToBytes(64)), name });
    const known = (name: string, count = 1) => {
      const gpus = Array.from({ length: count }, (_, index) => ({ ...gpu(name), id: String(index) }));
      const speed = speedOf("llama-3.1-8b", gpus, { quantization: "Q4_K_M" });
      if (speed.kind === "missing") throw new Error(speed.reason);
      return speed;
    };
    const either = known("Apple M2 Max");
    const [fewer, more] = [known("Apple M2 Max (30-core GPU)"), known("Apple M2 Max (38-core GPU)")];
    expect(either.basis).toMatch(/^It may be .*30-core.* or .*38-core/);
    for (const of of ["decodeTokensPerSecond", "prefillTokensPerSecond"] as const) {
      expect(either[of]?.low).toBe(Math.min(fewer[of]?.low ?? 0, more[of]?.low ?? 0));
      expect(either[of]?.high).toBe(Math.max(fewer[of]?.high ?? 0, more[of]?.high ?? 0));
    }
    expect(more.prefillTokensPerSecond?.mid).toBeGreaterThan(1.1 * (fewer.prefillTokensPerSecond?.mid ?? 0));
  });

  test("eight cards of one such name are all alike", () => {
    const cards = (name: string): readonly Accelerator[] =>
      Array.from({ length: 8 }, (_, index) => ({ ...cardOf(name, 79.65 * 2 ** 30), id: String(index) }));
    const speeds = ["NVIDIA H100", "NVIDIA H100 80GB HBM3", "NVIDIA H100 PCIe"].map((name) => {
      const speed = speedOf("llama-3.1-405b", cards(name), { quantization: "Q8_0" });
      if (speed.kind === "missing") throw new Error(speed.reason);
      return speed.decodeTokensPerSecond;
    });
    const [either, sxm, pcie] = speeds;
    expect(either?.low).toBe(pcie?.low);
    expect(either?.high).toBe(sxm?.high);
    expect(either?.mid).toBeCloseTo(Math.sqrt((sxm?.mid ?? 0) * (pcie?.mid ?? 0)), 6);
  });

  test("a card without a figure is named, and the range is of the others", () => {
    const gpu = { ...unifiedGpu("amd", gibToBytes(64)), name: "Strix Halo" };
    const speed = speedOf("llama-3.1-8b", [gpu], { quantization: "Q4_K_M" });
    if (speed.kind === "missing") throw new Error(speed.reason);
    expect(speed.basis).toMatch(/^It may be .* covers them but for AMD Radeon 8040S.*, whose speed/);
    expect(speed.decodeTokensPerSecond.low).toBeGreaterThan(20);
  });
});
