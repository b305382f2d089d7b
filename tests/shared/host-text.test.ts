import { expect, test } from "vitest";
import type { Processor, RamModule } from "#engine/machine.ts";
import { gibToBytes } from "#engine/units.ts";
import { instructionSetsText, ramKindText } from "#shared/host-text.ts";

const PROCESSOR: Processor = {
  name: "test",
  vendor: null,
  physicalCoreCount: 8,
  threadCount: 16,
  source: "test",
};

test.each([
  { sets: ["sse4_2", "avx", "f16c", "fma", "avx2"], text: "AVX2" },
  {
    sets: ["avx", "avx2", "avx512f", "avx512_vnni", "avx512_bf16"],
    text: "AVX2, AVX-512 (VNNI, BF16)",
  },
  {
    sets: ["avx2", "avx512f", "amx_tile", "amx_int8", "amx_bf16"],
    text: "AVX2, AVX-512, AMX (INT8, BF16)",
  },
  { sets: ["asimd", "asimddp", "i8mm", "sve"], text: "NEON (dot product, I8MM), SVE" },
  { sets: ["sse4_2", "avx"], text: "AVX, no AVX2" },
  { sets: ["sse4_2"], text: "SSE4.2, no AVX" },
  { sets: [], text: null },
])("a processor with $sets: $text", ({ sets, text }) => {
  expect(instructionSetsText({ ...PROCESSOR, instructionSets: sets })).toBe(text);
});

test("what nobody says of a processor is not said", () => {
  expect(instructionSetsText(PROCESSOR)).toBeNull();
});

const DDR5: RamModule = {
  sizeBytes: gibToBytes(16),
  type: "DDR5",
  transfersPerSecond: 5.6e9,
  dataWidthBits: 64,
  slot: null,
};
const UNKNOWN: RamModule = { ...DDR5, type: null, transfersPerSecond: null, dataWidthBits: null };

// Two channels of 64 bits at 5600 MT/s: 5.6e9 x 8 x 2 = 89.6 GB/s.
test.each([
  {
    of: "two like modules",
    modules: [DDR5, DDR5],
    text: "2 x 16.0 GiB DDR5 at 5600 MT/s, 90 GB/s (2 modules, 2 channels taken)",
  },
  {
    of: "unlike modules",
    modules: [DDR5, { ...DDR5, sizeBytes: gibToBytes(32) }],
    text: "16.0 GiB DDR5 at 5600 MT/s, 32.0 GiB DDR5 at 5600 MT/s, 90 GB/s (2 modules, 2 channels taken)",
  },
  { of: "modules of which only the size is known", modules: [UNKNOWN, UNKNOWN], text: "2 x 16.0 GiB" },
  { of: "no module", modules: [], text: null },
])("RAM of $of", ({ modules, text }) => {
  expect(ramKindText({ totalBytes: null, availableBytes: null, source: "test", modules })).toBe(text);
});

test("a bandwidth that a person gave stands alone", () => {
  const bandwidth = { bytesPerSecond: 5e10, isMeasured: false, source: "given" };
  const ram = { totalBytes: null, availableBytes: null, source: "test", modules: [DDR5], bandwidth };
  expect(ramKindText(ram)).toBe("16.0 GiB DDR5 at 5600 MT/s");
});
