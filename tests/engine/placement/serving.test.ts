import { describe, expect, test } from "vitest";
import { estimateFit } from "#engine/estimate.ts";
import type { Fit } from "#engine/fit.ts";
import { cacheRoomBytes, shardsOf } from "#engine/placement/serving.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { ARCHITECTURES, type ArchitectureName } from "../../fixtures/architectures.ts";
import { machineOf, namedCard, type CARD_MEMORY_MIB } from "../../fixtures/machine.ts";
import { fixtureModel } from "../../fixtures/model.ts";
import { VLLM } from "../../fixtures/runtimes.ts";

type CardName = keyof typeof CARD_MEMORY_MIB;

function fitOn(id: ArchitectureName, cards: readonly CardName[], contextLength = 8192): Fit {
  const machine = machineOf(
    cards.map((name, index) => namedCard(name, index)),
    64,
  );
  return estimateFit(fixtureModel(id), machine, { ...DEFAULT_SCENARIO, contextLength, runtime: VLLM });
}

describe("a runtime that reserves a share of each card", () => {
  test("its room for the cache is what weights, activations and the rest leave of 90 % of what PyTorch sees", () => {
    const { placement, cacheRoom } = fitOn("llama-3-8b", ["RTX 4090"]);
    const [device] = placement.devices;
    const { weightsBytes = 0, computeBufferBytes = 0, overheadBytes = 0 } = device?.parts ?? {};
    const budgetBytes = Math.floor((device?.capacityBytes ?? 0) * 0.987 * 0.9);
    const roomBytes = budgetBytes - weightsBytes - computeBufferBytes - overheadBytes;
    expect(device === undefined ? null : cacheRoomBytes(device)).toBe(roomBytes);
    expect(cacheRoom?.bytesPerDevice).toBe(roomBytes);
    expect(cacheRoom?.tokenCount).toBe(Math.floor(roomBytes / 131_072)); // 32 layers × 8 heads × 256 × 2 bytes
  });

  test("weights are all on the card, table and output", () => {
    const { placement } = fitOn("llama-3-8b", ["RTX 4090"]);
    expect(placement.devices.map(({ parts }) => parts.weightsBytes)).toEqual([16_061_054_976]);
  });

  test("a context that the room does not hold needs a smaller packing or more cards", () => {
    expect(fitOn("llama-3-8b", ["RTX 4090"]).verdict.kind).toBe("fits");
    expect(fitOn("llama-3-8b", ["RTX 4090"], 65_536).verdict).toMatchObject({
      kind: "needs-quantization",
      quantization: "FP8",
    });
  });
});

describe("shards", () => {
  test("are equal, on as few cards as will do", () => {
    const { placement, verdict } = fitOn("llama-2-70b", ["RTX 3090", "RTX 3090", "RTX 3090", "RTX 3090"]);
    expect(verdict).toMatchObject({ kind: "needs-multiple-gpus", here: true });
    expect(placement.kind).toBe("tensor-parallel");
    const [first, ...rest] = placement.devices.map(({ parts }) => parts);
    expect(rest.every((parts) => JSON.stringify(parts) === JSON.stringify(first))).toBe(true);
  });

  test("are as large as the smallest card of them allows", () => {
    expect(fitOn("llama-2-70b", ["RTX 4090", "RTX 4080", "RTX 3070"]).placement.kind).toBe("none");
  });

  test("of three cards only two can be used where heads do not divide by three", () => {
    const { placement } = fitOn("llama-2-70b", ["H100 80GB", "H100 80GB", "H100 80GB"], 4096);
    expect(placement.devices).toHaveLength(placement.kind === "single" ? 1 : 2);
  });

  test.each([
    ["llama-2-70b", 8],
    ["deepseek-v3", 1],
    ["gemma-2b", 1],
    ["qwen3-next-80b-a3b", 2],
  ] as const)("%s has %d key/value heads to share", (id, expected) => {
    expect(shardsOf(ARCHITECTURES[id]).kvHeadCount).toBe(expected);
  });
});

test("there is no offload, and no other maker's accelerator", () => {
  expect(fitOn("llama-2-70b", ["RTX 3070"]).verdict).toMatchObject({
    kind: "needs-multiple-gpus",
    here: false,
  });
  const none = estimateFit(fixtureModel("llama-3-8b"), machineOf([], 64), {
    ...DEFAULT_SCENARIO,
    runtime: VLLM,
  });
  expect(none.verdict).toMatchObject({
    kind: "unknown",
    missing: "vLLM drives no accelerator of this machine.",
  });
});
