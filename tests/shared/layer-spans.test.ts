import { expect, test } from "vitest";
import type { PlacementKind } from "#engine/fit.ts";
import { deviceGroups } from "#shared/device-parts.ts";
import { groupLayersText } from "#shared/layer-spans.ts";
import { placedDevice, placedRam } from "./fits.ts";

const TEN = placedDevice({ layerCount: 10 });
const SIX = placedDevice({ name: "RTX 3060", layerCount: 6 });
const TABLES = placedRam();

test.each<[string, PlacementKind, Parameters<typeof deviceGroups>[0], readonly string[]]>([
  ["one card has all", "single", [TEN, TABLES], ["10 layers", "embedding tables only"]],
  [
    "card by card",
    "layer-split",
    [TEN, SIX, TABLES],
    ["10 layers (1 to 10 of 16)", "6 layers (11 to 16 of 16)", "embedding tables only"],
  ],
  [
    "alike ones together",
    "layer-split",
    [TEN, TEN, SIX],
    ["10 layers each (1 to 20 of 26)", "6 layers (21 to 26 of 26)"],
  ],
  [
    "RAM has the first",
    "layer-offload",
    [TEN, placedRam({ layerCount: 4 })],
    ["10 layers (5 to 14 of 14)", "4 layers (1 to 4 of 14)"],
  ],
  [
    "experts apart",
    "expert-offload",
    [TEN, placedRam({ expertLayerCount: 7 })],
    ["10 layers", "experts of 7 layers (the first that have any)"],
  ],
  ["all layers on each", "tensor-parallel", [TEN, TEN], ["10 layers each"]],
])("%s", (_case, kind, devices, expected) => {
  const texts = deviceGroups(devices).map((group) => groupLayersText({ kind, devices }, group));
  expect(texts).toEqual(expected);
});
