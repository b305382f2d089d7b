import { expect, test } from "vitest";
import { cardEntrySchema, cardFileSchema, toCard } from "#catalog/card-schema.ts";

const CARD = {
  id: "test-card",
  name: "Test Card",
  memoryKind: "dedicated",
  memoryMiB: { value: 16_376, source: "a driver's report" },
  bandwidthGBps: { value: 736.3, source: "the maker's page" },
};

test("figures in human units become bytes: MiB binary, GB/s decimal", () => {
  const card = toCard(cardEntrySchema.parse(CARD), "nvidia");
  expect(card.memoryBytes).toEqual({ value: 17_171_480_576, source: "a driver's report" });
  expect(card.memoryBandwidthBytesPerSecond).toEqual({ value: 736_300_000_000, source: "the maker's page" });
});

test.each([
  ["a PCI id in capitals", { ...CARD, pciIds: ["10DE:2684"] }],
  ["a PCI id without its vendor", { ...CARD, pciIds: ["2684"] }],
  ["a memory kind there is not", { ...CARD, memoryKind: "vram" }],
  ["memory without a source", { ...CARD, memoryMiB: { value: 16_376 } }],
  ["no memory at all", { ...CARD, memoryMiB: { value: 0, source: "a driver's report" } }],
  ["an unknown key", { ...CARD, watts: 320 }],
])("wrong: %s", (_title, card) => {
  expect(cardEntrySchema.safeParse(card).success).toBe(false);
});

test("a vendor that is none is refused", () => {
  expect(cardFileSchema.safeParse({ vendor: "voodoo", cards: [] }).success).toBe(false);
});
