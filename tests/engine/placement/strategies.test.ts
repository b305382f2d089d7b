import { expect, test } from "vitest";
import type { Accelerator } from "#engine/machine.ts";
import type { PlacementKind } from "#engine/fit.ts";
import { demandOf } from "#engine/placement/demand.ts";
import { machineRooms } from "#engine/placement/rooms.ts";
import { placeAnywhere, waysOf } from "#engine/placement/ways.ts";
import type { QuantizationName } from "#engine/quantization.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { gibToBytes } from "#engine/units.ts";
import { ARCHITECTURES, type ArchitectureName } from "../../fixtures/architectures.ts";
import { machineOf, namedCard, unifiedGpu } from "../../fixtures/machine.ts";

const WAYS = waysOf(ARCHITECTURES["llama-3-8b"], DEFAULT_SCENARIO);

type Row = readonly [
  string,
  ArchitectureName,
  QuantizationName,
  readonly Accelerator[],
  number,
  PlacementKind | null,
  readonly string[],
];

test.each<Row>([
  ["one card that holds it", "llama-3-8b", "F16", [namedCard("RTX 4090")], 64, "single", ["RTX 4090", "RAM"]],
  [
    "the larger of two where one is enough",
    "llama-3-8b",
    "F16",
    [namedCard("RTX 3070"), namedCard("RTX 3090")],
    64,
    "single",
    ["RTX 3090", "RAM"],
  ],
  [
    "two where one is not",
    "llama-2-70b",
    "Q4_K_M",
    [namedCard("RTX 3090"), namedCard("RTX 3090")],
    64,
    "layer-split",
    ["RTX 3090", "RTX 3090", "RAM"],
  ],
  [
    "no more cards than it takes",
    "llama-2-70b",
    "Q4_K_M",
    [namedCard("RTX 3070"), namedCard("RTX 3090"), namedCard("RTX 3090")],
    64,
    "layer-split",
    ["RTX 3090", "RTX 3090", "RAM"],
  ],
  [
    "a mixture's experts in RAM",
    "mixtral-8x7b",
    "Q4_K_M",
    [namedCard("RTX 3070")],
    64,
    "expert-offload",
    ["RTX 3070", "RAM"],
  ],
  [
    "whole layers in RAM",
    "llama-2-70b",
    "Q4_K_M",
    [namedCard("RTX 4090")],
    64,
    "layer-offload",
    ["RTX 4090", "RAM"],
  ],
  ["the processor alone", "llama-3-8b", "Q4_K_M", [], 16, "cpu", ["RAM"]],
  [
    "unified memory",
    "llama-3-8b",
    "F16",
    [unifiedGpu("apple", gibToBytes(36))],
    36,
    "single",
    ["apple GPU", "RAM"],
  ],
  [
    "the card before the integrated GPU",
    "llama-3-8b",
    "Q4_K_M",
    [unifiedGpu("amd", gibToBytes(24)), namedCard("RTX 3070")],
    48,
    "single",
    ["RTX 3070", "RAM"],
  ],
  [
    "the integrated GPU where the card cannot",
    "llama-3-8b",
    "F16",
    [unifiedGpu("amd", gibToBytes(24)), namedCard("RTX 3070")],
    48,
    "single",
    ["amd GPU", "RAM"],
  ],
  ["nowhere", "deepseek-v3", "Q4_K_M", [namedCard("RTX 4090")], 64, null, []],
])("%s: %s in %s", (_title, ...[id, quantization, accelerators, ramGiB, kind, names]) => {
  const demand = demandOf(ARCHITECTURES[id], quantization, DEFAULT_SCENARIO);
  const placement = placeAnywhere(demand, machineRooms(machineOf(accelerators, ramGiB)), WAYS);
  expect(placement?.kind ?? null).toBe(kind);
  expect(placement?.devices.map((device) => device.name) ?? []).toEqual(names);
});

test("as few layers stay in RAM as will do: one fewer does not fit on the card", () => {
  const demand = demandOf(ARCHITECTURES["llama-2-70b"], "Q4_K_M", DEFAULT_SCENARIO);
  const placement = placeAnywhere(demand, machineRooms(machineOf([namedCard("RTX 4090")], 64)), WAYS);
  const card = placement?.devices[0];
  const [layer] = demand.layers;
  const layerBytes = (layer?.denseBytes ?? 0) + (layer?.kvCacheBytes ?? 0);
  const leftBytes = (card?.capacityBytes ?? 0) - (card?.marginBytes ?? 0) - (card?.usedBytes ?? 0);
  expect(leftBytes).toBeGreaterThanOrEqual(0);
  expect(leftBytes).toBeLessThan(layerBytes * 1.2); // layers of a mixture of types differ a little
});
