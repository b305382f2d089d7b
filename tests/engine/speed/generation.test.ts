import { describe, expect, test } from "vitest";
import { generationOf, type GenerationFacts } from "#engine/speed/generation.ts";

const NOTHING = { architecture: null, computeCapability: null, gfxTarget: null } as const;

describe("generations", () => {
  test.each<[GenerationFacts["vendor"], Partial<GenerationFacts>, string | null]>([
    ["nvidia", { computeCapability: "8.9" }, "ada"],
    ["nvidia", { computeCapability: "8.6" }, "ampere"],
    ["nvidia", { computeCapability: "8.0" }, "ampere-datacenter"],
    ["nvidia", { computeCapability: "8.7" }, "orin"],
    ["nvidia", { computeCapability: "6.1" }, "pascal"],
    ["nvidia", { computeCapability: "12.0" }, "blackwell"],
    ["nvidia", { computeCapability: "12.1" }, "gb10"],
    ["nvidia", { computeCapability: "10.0" }, "blackwell-datacenter"],
    ["nvidia", { computeCapability: "2.0" }, null],
    ["nvidia", {}, null],
    ["amd", { gfxTarget: "gfx1100" }, "rdna3"],
    ["amd", { gfxTarget: "gfx1151" }, "rdna3.5"],
    ["amd", { gfxTarget: "gfx1201" }, "rdna4"],
    ["amd", { gfxTarget: "gfx906" }, "gcn5"],
    ["amd", { gfxTarget: "gfx90a" }, "cdna"],
    ["amd", { gfxTarget: "gfx942" }, "cdna"],
    ["amd", { gfxTarget: "gfx803" }, null],
    ["apple", { architecture: "Apple M2" }, "m2"],
    ["apple", { architecture: null }, null],
    ["intel", { architecture: "Xe2-HPG" }, "xe2"],
    ["intel", { architecture: "Xe-HPG" }, "xe-hpg"],
    ["intel", { architecture: "Xe-LPG" }, null],
    ["other", { architecture: "Adreno X1" }, null],
  ])("%s %o is %s", (vendor, facts, expected) => {
    expect(generationOf({ ...NOTHING, vendor, ...facts })).toBe(expected);
  });
});
