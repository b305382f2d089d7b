import { describe, expect, test } from "vitest";
import { cacheReadBytesByLayer, type CacheTypes } from "#engine/speed/cache-reads.ts";
import { ARCHITECTURES, type ArchitectureName } from "../../fixtures/architectures.ts";

const F16: CacheTypes = { keyCacheType: "f16", valueCacheType: "f16" };

function total(id: ArchitectureName, depth: number, types: CacheTypes = F16): number {
  return cacheReadBytesByLayer(ARCHITECTURES[id], depth, types).reduce((sum, bytes) => sum + bytes, 0);
}

describe("what a token reads of the cache", () => {
  test.each<[ArchitectureName, number, string, number]>([
    ["llama-3-8b", 8192, "8 heads of 128, keys and values, two bytes", 32 * 8192 * 8 * 256 * 2],
    ["llama-2-7b", 1000, "32 heads of 128", 32 * 1000 * 32 * 256 * 2],
    ["gemma-2-9b", 8192, "half of the layers look back 4,096", 21 * (8192 + 4096) * 8 * 512 * 2],
    ["gemma-2-9b", 1000, "inside the window all look back alike", 42 * 1000 * 8 * 512 * 2],
    ["gpt-oss-20b", 16_384, "half of the layers look back 128", 12 * (16_384 + 128) * 8 * 128 * 2],
    ["deepseek-v2-lite", 4096, "one latent of 512 and a rotary key of 64", 27 * 4096 * 576 * 2],
    ["llama-3-8b", 0, "nothing at the start", 0],
  ])("%s with %i tokens: %s", (id, depth, _why, expected) => {
    expect(total(id, depth)).toBe(expected);
  });

  test("a quantised cache is read as it is stored: 34 bytes for 32 values", () => {
    const types: CacheTypes = { keyCacheType: "q8_0", valueCacheType: "q8_0" };
    expect(total("llama-3-8b", 8192, types)).toBe((total("llama-3-8b", 8192) / 2) * (34 / 32));
  });
});
