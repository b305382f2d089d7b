import { expect, test } from "vitest";
import { layerStateBytes } from "#engine/memory/recurrent-state.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import { ARCHITECTURES } from "../../fixtures/architectures.ts";

function stateBytes(id: keyof typeof ARCHITECTURES, sequenceCount: number): number {
  return expandLayers(ARCHITECTURES[id])
    .map((kind) => layerStateBytes(kind, sequenceCount))
    .reduce((sum, bytes) => sum + bytes, 0);
}

test.each([
  // 36 linear layers × (32 × 128 × 128 + (2 × 16 × 128 + 32 × 128) × 3) elements × 4 bytes
  ["qwen3-next-80b-a3b", 1, 79_036_416],
  ["qwen3-next-80b-a3b", 4, 316_145_664],
  ["llama-3-8b", 4, 0],
] as const)("%s, %d sequences: %d bytes", (id, sequenceCount, expected) => {
  expect(stateBytes(id, sequenceCount)).toBe(expected);
});
