import { describe, expect, test } from "vitest";
import { estimateSpeed, type KnownSpeed } from "#engine/speed/estimate-speed.ts";
import type { SpeedQuestion } from "#engine/speed/question.ts";
import { ARCHITECTURES } from "../../fixtures/architectures.ts";
import { gibToBytes } from "#engine/units.ts";
import { card, placement, question, ram, ROUND } from "./fixtures.ts";

function known(rest: Partial<SpeedQuestion> = {}): KnownSpeed {
  const estimate = estimateSpeed(question(rest), ROUND);
  if (estimate.kind === "missing") throw new Error(estimate.reason);
  return estimate;
}

/** Llama 2 7B in F16: bytes of a layer, of the output matrix with the last norm. */
const LAYER = 2 * (4 * 4096 * 4096 + 3 * 4096 * 11_008) + 8192 * 4;
const OUTPUT = 2 * 4096 * 32_000 + 4096 * 4;
const BYTES = 32 * LAYER + OUTPUT;
const F16_CACHE_TOKEN = 32 * 2 * 4096 * 2;

describe("seconds of a token, by hand", () => {
  test.each<[string, Partial<SpeedQuestion>, number]>([
    ["one card: bytes at half the bandwidth, 0.1 ms a layer", {}, BYTES / 0.5e12 + 32e-4],
    [
      "with 1,000 tokens in the cache: read at half the bandwidth, and attention's operations at 0.1 byte",
      { depth: 1000 },
      BYTES / 0.5e12 + 32e-4 + (1000 * F16_CACHE_TOKEN) / 0.5e12 + (1000 * 32 * 2 * 32 * 256 * 0.1) / 1e12,
    ],
    [
      "two unlike cards: their times add up, and a handover",
      { placement: placement("layer-split", [24, 8]), devices: [card(1e12), card(0.5e12)] },
      (24 * LAYER) / 0.5e12 + (8 * LAYER + OUTPUT) / 0.25e12 + 32e-4 + 5e-4,
    ],
    [
      "tensor parallel: half each at once, all layers' overhead, two waits a layer",
      { placement: placement("tensor-parallel", [32, 32]), devices: [card(), card()] },
      BYTES / 2 / 0.5e12 + 32e-4 + 64 * 5e-5,
    ],
    [
      "layers in RAM: the first 8 at half of RAM's bandwidth",
      { placement: placement("layer-offload", [24], [8, 0]), devices: [card(), ram()] },
      (24 * LAYER + OUTPUT) / 0.5e12 + (8 * LAYER) / 40e9 + 32e-4,
    ],
    [
      "the processor alone",
      { placement: placement("cpu", [], [32, 0]), devices: [ram()], backend: "cpu" },
      BYTES / 40e9 + 32e-4,
    ],
    [
      "a server's RAM: other constants",
      { placement: placement("cpu", [], [32, 0]), devices: [ram(600e9)] },
      BYTES / 150e9 + 32e-3,
    ],
    [
      "a slow server's RAM: as the fastest PC's",
      { placement: placement("cpu", [], [32, 0]), devices: [ram(250e9)] },
      BYTES / 100e9 + 32e-4,
    ],
    ["vLLM: twice llama.cpp's rate", { runtimeId: "vllm" }, (BYTES / 0.5e12 + 32e-4) / 2],
  ])("%s", (_case, rest, seconds) => {
    expect(known(rest).decodeTokensPerSecond.mid).toBeCloseTo(1 / seconds, 6);
  });

  test("experts in RAM: their active share is read there, with a handover for each layer", () => {
    const layer = 2 * (2 * 4096 * 4096 + 2 * 4096 * 1024) + 4096 * 8 * 4 + 8192 * 4;
    const experts = (2 / 8) * 8 * 3 * 4096 * 14_336 * 2;
    const onCard = (32 * layer + 2 * experts + OUTPUT) / 0.5e12;
    const inRam = (30 * experts) / 40e9;
    // 32 layers and 2 layers of experts on the card, 30 layers of experts and as many handovers in RAM
    const fixed = 34e-4 + 30e-4 + 30e-4;
    const answer = known({
      architecture: ARCHITECTURES["mixtral-8x7b"],
      placement: placement("expert-offload", [32], [0, 30]),
      devices: [card(), ram()],
    });
    expect(answer.decodeTokensPerSecond.mid).toBeCloseTo(1 / (onCard + inRam + fixed), 6);
  });

  test("types with a codebook wait for cores: 10 billion values a second for each", () => {
    const iq = { packing: { quantization: "IQ2_XXS", experts: "as-the-rest" } } as const;
    const cpu = { ...iq, placement: placement("cpu", [], [32, 0]), devices: [ram()] };
    const few = known({ ...cpu, coreCount: 1 }).decodeTokensPerSecond.mid;
    const many = known({ ...cpu, coreCount: 64 }).decodeTokensPerSecond.mid;
    expect(few).toBeLessThan(10e9 / 6.6e9);
    expect(many).toBeGreaterThan(10 * few);
  });
});

describe("a prompt", () => {
  const OPERATIONS = 32 * 2 * (4 * 4096 * 4096 + 3 * 4096 * 11_008);
  const ATTENTION = 32 * 2 * 32 * 256 * 256;

  test("one batch: operations at half the peak, weights read once, attention at a quarter, 0.1 ms a layer", () => {
    const seconds = (512 * OPERATIONS) / 50e12 + (32 * LAYER) / 0.5e12 + 32e-4 + (512 * ATTENTION) / 25e12;
    const { prefillTokensPerSecond, timeToFirstTokenSeconds, decodeTokensPerSecond } = known();
    expect(prefillTokensPerSecond?.mid).toBeCloseTo(512 / seconds, 4);
    expect(timeToFirstTokenSeconds?.mid).toBeCloseTo(seconds + 1 / decodeTokensPerSecond.mid, 9);
  });

  test("what stays in RAM is sent over the link for each batch", () => {
    const offloaded = {
      placement: placement("layer-offload", [24], [8, 0]),
      devices: [card(), ram()],
    } as const;
    const slower = known(offloaded).timeToFirstTokenSeconds?.mid ?? 0;
    const plain = known().timeToFirstTokenSeconds?.mid ?? 0;
    const sent = (8 * LAYER) / 10e9;
    const decodeDifference =
      1 / known(offloaded).decodeTokensPerSecond.mid - 1 / known().decodeTokensPerSecond.mid;
    expect(slower - plain).toBeCloseTo(sent + decodeDifference, 6);
  });

  test.each<[string, Partial<SpeedQuestion>, RegExp]>([
    [
      "unknown operations per second",
      { devices: [card(1e12, { matrixFlops: { missing: "?" }, vectorFlops: { missing: "?" } })] },
      /operations per second are not known/,
    ],
    [
      "unknown cores",
      { placement: placement("cpu", [], [32, 0]), devices: [ram()], coreCount: null },
      /how many cores the processor has is not known/,
    ],
    ["another runtime", { runtimeId: "vllm" }, /prompts under vllm were not measured/],
  ])("%s: no figure for prompts, and why; decoding has one", (_case, rest, reason) => {
    const answer = known(rest);
    expect(answer.prefillTokensPerSecond).toBeNull();
    expect(answer.timeToFirstTokenSeconds).toBeNull();
    expect(answer.basis).toMatch(reason);
    expect(answer.decodeTokensPerSecond.mid).toBeGreaterThan(0);
  });
});

const [LAYER_KIND] = Object.values(ARCHITECTURES["llama-2-7b"].layerKinds);
const WITH_ENCODER = {
  ...ARCHITECTURES["llama-2-7b"],
  encoder: LAYER_KIND === undefined ? null : { layerKind: LAYER_KIND, layerCount: 2 },
};

describe("what is missing is said, and no figure given", () => {
  const noBandwidth = card(1e12, { bandwidthBytesPerSecond: { missing: "nobody states it" } });
  const unknownRam = { ...ram(), bandwidthBytesPerSecond: { missing: "the speed of the RAM is not known" } };
  const onCpu = placement("cpu", [], [32, 0]);
  test.each<[string, Partial<SpeedQuestion>, RegExp]>([
    ["a card without a bandwidth", { devices: [noBandwidth] }, /memory bandwidth of card is not known/],
    ["a back end of another maker", { backend: "rocm" }, /rocm does not run on card/],
    ["the processor for a placement on cards", { backend: "cpu" }, /placement is on card/],
    ["a back end nobody measured", { backend: "vulkan" }, /no rate under vulkan was measured/],
    ["a runtime nobody measured", { runtimeId: "mlx" }, /no controlled rates of mlx/],
    ["nothing placed", { placement: placement("none", []), devices: [] }, /not placed/],
    [
      "a server's RAM of unknown speed",
      { placement: onCpu, devices: [{ ...unknownRam, totalBytes: gibToBytes(512) }] },
      /more than a PC's two channels hold/,
    ],
    [
      "a type that processors look up, on one whose cores nobody counted",
      {
        placement: onCpu,
        devices: [ram()],
        packing: { quantization: "IQ2_XXS", experts: "as-the-rest" },
        coreCount: null,
      },
      /how many cores the processor has is not known/,
    ],
    ["an encoder-decoder", { architecture: WITH_ENCODER }, /encoder-decoder/],
  ])("%s", (_case, rest, reason) => {
    const answer = estimateSpeed(question(rest), ROUND);
    expect(answer.kind === "missing" ? answer.reason : "").toMatch(reason);
  });

  test("a PC's RAM of unknown speed is assumed, and said to be", () => {
    const answer = known({ placement: onCpu, devices: [unknownRam] });
    expect(answer.decodeTokensPerSecond.mid).toBeCloseTo(1 / (BYTES / 25e9 + 32e-4), 6);
    expect(answer.basis).toMatch(/speed of the RAM is not known: .* about 50 GB\/s/);
  });

  test("RAM that was copied here is read as fast as that, however much of it there is", () => {
    const copied = { ...unknownRam, totalBytes: gibToBytes(512), copyBytesPerSecond: 40e9 };
    const answer = known({ placement: onCpu, devices: [copied] });
    expect(answer.decodeTokensPerSecond.mid).toBeCloseTo(1 / (BYTES / 40e9 + 32e-4), 6);
    expect(answer.basis).toMatch(/how fast it was copied here/);
  });
});

describe("the interval", () => {
  test("a part may take 0.8 to 1.25 times as long", () => {
    const { low, mid, high } = known().decodeTokensPerSecond;
    expect(low / mid).toBeCloseTo(0.8, 9);
    expect(high / mid).toBeCloseTo(1.25, 9);
  });

  test("it is wider for a generation without rows", () => {
    const general = { ...ROUND, accelerators: ROUND.accelerators.map((of) => ({ ...of, generation: null })) };
    const answer = estimateSpeed(question({ devices: [card(1e12, { generation: "rubin" })] }), general);
    if (answer.kind === "missing") throw new Error(answer.reason);
    const { low, mid } = answer.decodeTokensPerSecond;
    expect(low / mid).toBeCloseTo(0.8 * 0.8, 9);
    expect(answer.basis).toMatch(/No rate of its generation under cuda was measured/);
  });

  test("a rate measured here moves the middle and narrows the ends", () => {
    const factor = { secondsFactor: 1.2, fast: 0.95, slow: 1.05, pointCount: 1 };
    const before = known().decodeTokensPerSecond;
    const after = known({ calibration: { decode: factor, prefill: null } });
    expect(after.measured).toBe(true);
    expect(after.decodeTokensPerSecond.mid).toBeCloseTo(before.mid / 1.2, 6);
    expect(after.decodeTokensPerSecond.low / after.decodeTokensPerSecond.mid).toBeCloseTo(1 / 1.05, 6);
    expect(after.prefillTokensPerSecond).toEqual(known().prefillTokensPerSecond);
  });
});

describe("several sequences", () => {
  test("weights are read once, the cache for each, and each multiplies anew", () => {
    const operations = 32 * 2 * (4 * 4096 * 4096 + 3 * 4096 * 11_008) + 2 * 4096 * 32_000;
    const seconds = BYTES / 0.5e12 + 32e-4 + (3 * operations) / 50e12;
    const answer = known({ sequenceCount: 4 });
    expect(answer.decodeTokensPerSecond.mid).toBeCloseTo(1 / seconds, 6);
    expect(answer.totalDecodeTokensPerSecond.mid).toBeCloseTo(4 / seconds, 6);
    expect(answer.basis).toMatch(/arithmetic/);
  });
});
