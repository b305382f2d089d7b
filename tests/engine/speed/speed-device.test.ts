import { describe, expect, test } from "vitest";
import { isKnown } from "#engine/fact.ts";
import type { Ram, RamModule } from "#engine/machine.ts";
import { speedAccelerator, speedRam } from "#engine/speed/speed-device.ts";
import { ram } from "./fixtures.ts";
import { shippedCard } from "./shipped.ts";

const MODULE: RamModule = {
  sizeBytes: 16 * 1024 ** 3,
  type: "DDR5",
  transfersPerSecond: 5600e6,
  dataWidthBits: 64,
  slot: null,
};

function bandwidth(modules: readonly Partial<RamModule>[] | null): number | string {
  const known: Ram = {
    totalBytes: 64 * 1024 ** 3,
    availableBytes: null,
    source: "test",
    ...(modules === null ? {} : { modules: modules.map((module) => ({ ...MODULE, ...module })) }),
  };
  const { bandwidthBytesPerSecond } = speedRam(known);
  return isKnown(bandwidthBytesPerSecond) ? bandwidthBytesPerSecond.value : bandwidthBytesPerSecond.missing;
}

describe("RAM", () => {
  test.each<[string, readonly Partial<RamModule>[] | null, number | RegExp]>([
    ["two modules: two channels of 8 bytes", [{}, {}], 89.6e9],
    ["one module: one channel", [{}], 44.8e9],
    ["four modules are on two channels", [{}, {}, {}, {}], 89.6e9],
    ["the slowest module decides", [{}, { transfersPerSecond: 4800e6 }], 76.8e9],
    ["more than a PC has: the channels are not known", Array.from({ length: 8 }, () => ({})), /8 modules/],
    ["no speed", [{ transfersPerSecond: null }], /speed of the RAM's modules/],
    ["no modules", null, /speed of the RAM is not known/],
  ])("%s", (_case, modules, expected) => {
    if (typeof expected === "number") expect(bandwidth(modules)).toBe(expected);
    else expect(bandwidth(modules)).toMatch(expected);
  });
});

describe("cards of the database", () => {
  test("a GeForce: its generation, the faster matrix peak, the link", () => {
    const card = speedAccelerator(shippedCard("geforce-rtx-4090"), ram());
    expect(card.generation).toBe("ada");
    expect(card.bandwidthBytesPerSecond).toMatchObject({ value: 1008e9 });
    expect(isKnown(card.matrixFlops) ? card.matrixFlops.value / 1e12 : 0).toBeCloseTo(330, 0);
    expect(card.linkBytesPerSecond).toMatchObject({ value: 16 * 1.969e9 });
  });

  test("a GPU of unified memory without a bandwidth of its own has RAM's", () => {
    const card = speedAccelerator(shippedCard("radeon-780m"), ram(89.6e9));
    expect(card.bandwidthBytesPerSecond).toMatchObject({ value: 89.6e9 });
  });
});
