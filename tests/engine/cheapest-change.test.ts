import { describe, expect, test } from "vitest";
import { changedFit } from "#engine/changed-fit.ts";
import { cheapestChanges, type Change } from "#engine/cheapest-change.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { holds, type Asked } from "#engine/search.ts";
import { gibToBytes } from "#engine/units.ts";
import type { ArchitectureName } from "../fixtures/architectures.ts";
import { machineOf, namedCard, unifiedGpu, type CARD_MEMORY_MIB } from "../fixtures/machine.ts";
import { fixtureModel } from "../fixtures/model.ts";

function asked(
  id: ArchitectureName,
  card: keyof typeof CARD_MEMORY_MIB,
  scenario: Partial<Scenario> = {},
  ramGiB = 64,
): Asked {
  return {
    model: fixtureModel(id),
    machine: machineOf([namedCard(card)], ramGiB),
    scenario: { ...DEFAULT_SCENARIO, ...scenario },
  };
}

function kindsOf({ levers }: Change): readonly string[] {
  return levers.map(({ kind }) => kind);
}

describe("the cheapest change that makes it fit", () => {
  test("is none where it fits", () => {
    expect(cheapestChanges(asked("llama-3-8b", "RTX 4090"), "F16")).toEqual([]);
  });

  test("is 8-bit keys and values where the cache is a little too much", () => {
    const [first] = cheapestChanges(asked("llama-3-8b", "RTX 4090", { contextLength: 98_304 }), "F16");
    expect(first?.levers).toEqual([{ kind: "kv-cache-type", kvCacheType: "q8_0", loss: "little-quality" }]);
    // 15/32 of 12 GiB, less the 8 MiB of one hidden state that a rotated cache may need more.
    expect(Math.abs((first?.gainedBytes ?? 0) / gibToBytes(1) - 5.625)).toBeLessThan(0.02);
  });

  test("each lever alone is named, the cheapest first", () => {
    const changes = cheapestChanges(asked("llama-3-8b", "RTX 4090", { contextLength: 98_304 }), "F16");
    expect(changes.every(({ levers }) => levers.length === 1)).toBe(true);
    expect(changes.map(({ cost }) => cost)).toEqual(
      [...changes.map(({ cost }) => cost)].sort((a, b) => a - b),
    );
    expect(new Set(changes.flatMap(kindsOf))).toEqual(
      new Set(["kv-cache-type", "context", "quantization", "offload", "one-more-card"]),
    );
  });

  test("is a pair where none does alone but more RAM", () => {
    const changes = cheapestChanges(asked("llama-2-70b", "RTX 4080", { contextLength: 4096 }, 4), "Q4_K_M");
    const others = changes.filter((change) => !kindsOf(change).includes("more-ram"));
    expect(others.length).toBeGreaterThan(0);
    expect(others.every(({ levers }) => levers.length === 2)).toBe(true);
  });

  test("is more RAM where that is enough, and what it comes to is the engine's", () => {
    const question = asked("llama-2-70b", "RTX 4080", { contextLength: 4096 }, 32);
    const ram = cheapestChanges(question, "Q5_K_M").find((change) => kindsOf(change).includes("more-ram"));
    if (ram === undefined) throw new Error("no RAM is offered");
    expect(ram.levers).toEqual([{ kind: "more-ram", ramBytes: gibToBytes(48), loss: "money" }]);
    const { fit, machine } = changedFit(question, "Q5_K_M", ram);
    expect(fit.verdict.kind).toBe("runs-with-offload");
    expect(machine.ram.totalBytes).toBeLessThanOrEqual(gibToBytes(48));
    expect(holds(question, "Q5_K_M", "anywhere", question.scenario)).toBe(false);
  });

  test("is no more RAM where there is enough of it already, or where it is a GPU's", () => {
    const enough = cheapestChanges(asked("llama-2-70b", "RTX 4080", { contextLength: 4096 }), "Q4_K_M");
    expect(enough.flatMap(kindsOf)).not.toContain("more-ram");
    const question = asked("llama-2-70b", "RTX 4080", {}, 32);
    const unified = machineOf([unifiedGpu("apple", gibToBytes(16))], 16);
    expect(cheapestChanges({ ...question, machine: unified }, "Q4_K_M").flatMap(kindsOf)).not.toContain(
      "more-ram",
    );
  });

  test.each([
    ["NVIDIA GeForce RTX 4060 Laptop GPU", false],
    ["AMD Radeon RX 7600M XT", false],
    ["Intel Arc A370M", false],
    ["NVIDIA GeForce MX450", false],
    ["NVIDIA GeForce RTX 4060", true],
    ["NVIDIA A10M", true],
    ["Tesla M40", true],
    ["Tesla V100S-PCIE-32GB", true],
    ["AMD Radeon AI PRO R9700S", true],
    ["AMD Instinct MI300X", true],
  ])("a second %s is offered: %s", (name, isOffered) => {
    const question = asked("llama-3-8b", "RTX 4090", { contextLength: 98_304 });
    const accelerators = question.machine.accelerators.map((card) => ({ ...card, name }));
    const changes = cheapestChanges({ ...question, machine: { ...question.machine, accelerators } }, "F16");
    expect(changes.flatMap(kindsOf).includes("one-more-card")).toBe(isOffered);
  });

  test("is freeing memory, where only what is free now counts", () => {
    const question = asked("llama-3-8b", "RTX 4090");
    const busy = question.machine.accelerators.map((card) => ({ ...card, memoryFreeBytes: gibToBytes(12) }));
    const [first] = cheapestChanges(
      { ...question, machine: { ...question.machine, accelerators: busy } },
      "F16",
      true,
    );
    expect(first?.levers).toEqual([{ kind: "free-memory", loss: "none" }]);
  });
});
