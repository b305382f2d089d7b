import { describe, expect, test } from "vitest";
import { tokenOperationsByLayer } from "#engine/speed/operations.ts";
import { ARCHITECTURES, type ArchitectureName } from "../../fixtures/architectures.ts";

function firstLayer(id: ArchitectureName, depth: number): ReturnType<typeof tokenOperationsByLayer>[number] {
  const [first] = tokenOperationsByLayer(ARCHITECTURES[id], depth);
  if (first === undefined) throw new Error(`${id} has no layers`);
  return first;
}

describe("operations of a token", () => {
  test.each<[ArchitectureName, number, number]>([
    ["llama-2-7b", 2 * (4 * 4096 * 4096 + 3 * 4096 * 11_008), 0],
    ["mixtral-8x7b", 2 * (2 * 4096 * 4096 + 2 * 4096 * 1024 + 4096 * 8), 2 * 2 * 3 * 4096 * 14_336],
    ["qwen3-30b-a3b", 2 * (2 * 2048 * 4096 + 2 * 2048 * 512 + 2048 * 128), 2 * 8 * 3 * 2048 * 768],
  ])("%s: two for each weight that is multiplied, of experts the active ones", (id, dense, experts) => {
    expect(firstLayer(id, 0)).toEqual({ dense, experts, attention: 0 });
  });

  test.each<[ArchitectureName, number, string, number]>([
    ["llama-3-8b", 1000, "32 query heads, keys and values of 128", 2 * 32 * 256 * 1000],
    ["gpt-oss-20b", 1000, "a sliding layer sees 128", 2 * 64 * 128 * 128],
    ["deepseek-v2-lite", 1000, "in the latent space of 512", 2 * 16 * (2 * 512 + 64) * 1000],
  ])("%s, attention over %i tokens: %s", (id, depth, _why, expected) => {
    expect(firstLayer(id, depth).attention).toBe(expected);
  });
});
