import { expect, test } from "vitest";
import { demandBytes, demandOf, memoryBreakdown } from "#engine/placement/demand.ts";
import { layerBytes } from "#engine/placement/layer-demand.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { mibToBytes } from "#engine/units.ts";
import { ARCHITECTURES } from "../../fixtures/architectures.ts";

test("Llama 3 8B in F16 at 8192: 14.96 GiB of weights, 1 GiB of cache and a buffer of 264.5 MiB: logits, one hidden state and 6 of the mask's 16", () => {
  const demand = demandOf(ARCHITECTURES["llama-3-8b"], "F16", DEFAULT_SCENARIO);
  const breakdown = memoryBreakdown(demand, []);
  expect(breakdown).toEqual({
    weightsBytes: 16_061_054_976,
    embeddingCopyBytes: 0,
    kvCacheBytes: 1_073_741_824,
    recurrentStateBytes: 0,
    computeBufferBytes: mibToBytes(264.5),
    overheadBytes: 0,
    totalBytes: 16_061_054_976 + 1_073_741_824 + mibToBytes(264.5),
  });
  expect(demandBytes(demand)).toBe(breakdown.totalBytes);
});

test("layers carry their own share: weights of one layer and a 32nd of the cache", () => {
  const { layers } = demandOf(ARCHITECTURES["llama-3-8b"], "F16", DEFAULT_SCENARIO);
  const weights = (2 * 4096 ** 2 + 2 * 4096 * 1024 + 3 * 4096 * 14_336) * 2 + 2 * 4096 * 4;
  expect(layers.map(layerBytes)).toEqual(Array.from({ length: 32 }, () => weights + 33_554_432));
});
