import { describe, expect, test } from "vitest";
import { severalMachines, type SeveralMachines } from "#advice/next/several-machines.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { SHIPPED, shippedArchitecture, shippedModel } from "../../catalog/shipped.ts";
import { assignLayers } from "./llama-layers.ts";
import { MACHINES } from "./machines.ts";
import { flag, flagNumber } from "./shell-reader.ts";

function over(modelId: string, machineName: string): readonly SeveralMachines[] {
  const machine = MACHINES[machineName];
  if (machine === undefined) throw new Error(`no machine ${machineName}`);
  const { cards, runtimes } = SHIPPED;
  return severalMachines({
    model: shippedModel(modelId),
    machine,
    scenario: DEFAULT_SCENARIO,
    cards,
    runtimes,
  });
}

function serverWords(found: SeveralMachines | undefined): readonly string[] {
  const words = found?.steps.at(-1)?.commands.at(-1)?.words;
  if (words === undefined) throw new Error("nothing is started");
  return words;
}

describe("a model over several machines like this one", () => {
  test.each([
    ["llama-3-70b", "24 GB card", 2],
    ["qwen-72b", "2 x 24 GB", 2],
    ["llama-3-70b", "8 GB card", 8],
    ["llama-3-70b", "32 GB Mac", 2], // 24 GiB of each are a process's; 39.6 of weights and 2.5 of cache
  ])(
    "llama.cpp's RPC, %s on %s: %d machines, with the engine's own layers",
    (id, machineName, machineCount) => {
      const found = over(id, machineName).find(({ runtimeId }) => runtimeId === "llama.cpp");
      expect(found?.machineCount).toBe(machineCount);
      const words = serverWords(found);
      const proportions = (flag(words, "-ts") ?? "").split(",").map(Number);
      const layerCount = expandLayers(shippedArchitecture(id)).length;
      const { layers } = assignLayers(layerCount, flagNumber(words, "-ngl"), proportions);
      const cards = (found?.fit.placement.devices ?? []).filter(
        ({ acceleratorId }) => acceleratorId !== null,
      );
      expect(cards.map((_, index) => layers.filter((device) => device === index).length)).toEqual(
        cards.map((device) => device.layerCount),
      );
      const hosts = flag(words, "--rpc")?.split(",") ?? [];
      expect(hosts).toHaveLength(machineCount - 1);
      const devices = flag(words, "-dev")?.split(",") ?? [];
      expect(devices).toHaveLength(cards.length);
      expect(new Set(devices).size).toBe(devices.length);
    },
  );

  test("vLLM on Ray: tensors within a machine, layers over machines", () => {
    const words = serverWords(over("qwen-72b", "2 x 24 GB").find(({ runtimeId }) => runtimeId === "vllm"));
    expect(flagNumber(words, "--tensor-parallel-size")).toBe(2);
    expect(flagNumber(words, "--pipeline-parallel-size")).toBe(2);
  });

  test("a processor alone is spread over nothing", () => {
    expect(over("llama-3-70b", "processor alone")).toEqual([]);
  });
});
