import { describe, expect, test } from "vitest";
import { adapterParameterCount, fineTuneMemory } from "#advice/next/fine-tune-memory.ts";
import { bytesToGib } from "#engine/units.ts";
import { shippedArchitecture } from "../../catalog/shipped.ts";

describe("the parameters of adapters at rank 16 on every linear layer", () => {
  // PEFT prints these for the same models: print_trainable_parameters, target_modules="all-linear".
  test.each([
    ["llama-2-7b", 39_976_960],
    ["llama-3-8b", 41_943_040],
    ["mistral-7b", 41_943_040],
  ])("%s: %d", (id, count) => {
    expect(adapterParameterCount(shippedArchitecture(id), 16)).toBe(count);
  });
});

describe("memory of fine-tuning", () => {
  // torchtune, tutorial on QLoRA: Llama 2 7B in less than 10 GB.
  test("QLoRA of Llama 2 7B takes less than 10 GB", () => {
    const { totalBytes } = fineTuneMemory(shippedArchitecture("llama-2-7b"), "qlora");
    expect(totalBytes).toBeLessThan(10e9);
    expect(totalBytes).toBeGreaterThan(4e9);
  });

  // Dettmers et al. 2023, abstract: a 65B model on one card of 48 GB.
  test("QLoRA of a 70B model takes less than 48 GiB at 512 tokens", () => {
    const settings = { rank: 16, sequenceLength: 512 };
    const { totalBytes } = fineTuneMemory(shippedArchitecture("llama-2-70b"), "qlora", settings);
    expect(bytesToGib(totalBytes)).toBeLessThan(48);
    expect(bytesToGib(totalBytes)).toBeGreaterThan(33);
  });

  // Google Cloud, LoRA and QLoRA recommendations: LoRA of a 7B model with one example does not fit an L4 or a V100 of 16 GB.
  test("LoRA of a 7B model takes more than 14 GiB", () => {
    const { totalBytes } = fineTuneMemory(shippedArchitecture("llama-2-7b"), "lora");
    expect(bytesToGib(totalBytes)).toBeGreaterThan(14);
  });

  test.each(["lora", "qlora"] as const)("the parts of %s add up, and longer examples take more", (method) => {
    const architecture = shippedArchitecture("qwen3-30b-a3b");
    const short = fineTuneMemory(architecture, method, { rank: 16, sequenceLength: 512 });
    const long = fineTuneMemory(architecture, method, { rank: 16, sequenceLength: 4096 });
    const { totalBytes, ...parts } = short;
    expect(Object.values(parts).reduce((sum, bytes) => sum + bytes, 0)).toBe(totalBytes);
    expect(long.totalBytes).toBeGreaterThan(totalBytes);
    expect(long.weightsBytes).toBe(short.weightsBytes);
  });
});
