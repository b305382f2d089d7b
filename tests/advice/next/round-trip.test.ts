import { describe, expect, test } from "vitest";
import { commandLines, SHELLS, type Command } from "#advice/next/command.ts";
import { placedCards } from "#advice/next/placed-cards.ts";
import { startIn } from "#advice/next/start/start.ts";
import type { StartQuestion } from "#advice/next/question.ts";
import type { NextStep } from "#advice/next/step.ts";
import { ableRuntime } from "#advice/optimise/able-runtime.ts";
import { estimateFit } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import type { PlacedDevice } from "#engine/fit.ts";
import { expandLayers } from "#engine/memory/tensors.ts";
import { packingFamily } from "#engine/quantization.ts";
import type { Runtime } from "#engine/runtime.ts";
import { DEFAULT_SCENARIO, type Scenario } from "#engine/scenario.ts";
import { bytesToGib } from "#engine/units.ts";
import { SHIPPED } from "../../catalog/shipped.ts";
import { assignLayers } from "./llama-layers.ts";
import { MACHINES } from "./machines.ts";
import { flag, flagNumber, readCommand, type ReadCommand } from "./shell-reader.ts";

const SCENARIOS: readonly Partial<Scenario>[] = [
  {},
  {
    contextLength: 32_768,
    parallelSequenceCount: 4,
    microBatchSize: 4096,
    keyCacheType: "q8_0",
    valueCacheType: "q8_0",
  },
  {
    contextLength: 5000,
    flashAttention: false,
    keyCacheType: "bf16",
    valueCacheType: "bf16",
    lowestQuantization: "Q2_K",
  },
  { contextLength: 16_384, keyCacheType: "fp8", valueCacheType: "fp8", parallelSequenceCount: 16 },
  { keyCacheType: "q8_0", valueCacheType: "q4_0", split: "tensor" },
  { keyCacheType: "f16", valueCacheType: "f16", split: "tensor", contextLength: 2048 },
];

/** One in six of the catalog, and those with layers of unlike kinds. */
const UNLIKE = [
  "deepseek-v3",
  "gpt-oss-120b",
  "gemma-3-27b",
  "qwen3-235b-a22b",
  "llama-4-scout",
  "mixtral-8x7b",
];
const MODELS = SHIPPED.models.filter(({ id }, index) => index % 6 === 0 || UNLIKE.includes(id));

interface Case {
  readonly name: string;
  readonly runtime: Runtime;
  readonly question: StartQuestion;
  readonly steps: readonly NextStep[];
}

/** Every model on every machine in every scenario that the runtime holds there. */
function casesOf(runtimeId: string): readonly Case[] {
  const whole = SHIPPED.runtimes.find(({ id }) => id === runtimeId);
  if (whole === undefined) throw new Error(`no runtime ${runtimeId}`);
  return Object.entries(MACHINES).flatMap(([machineName, machine]) => {
    const { runtime } = ableRuntime(whole, machine, SHIPPED.cards);
    return MODELS.flatMap((model) =>
      SCENARIOS.flatMap((change, index) => {
        const { architecture } = model;
        const fit = estimateFit(model, machine, { ...DEFAULT_SCENARIO, ...change, runtime });
        if (fit.quantization === null || fit.placement.kind === "none" || !isKnown(architecture)) return [];
        const question: StartQuestion = {
          model,
          architecture: architecture.value,
          fit,
          quantization: fit.quantization,
          machine,
          cards: SHIPPED.cards,
          purpose: index % 2 === 0 ? "development" : "production",
        };
        const name = `${model.id}, ${machineName}, scenario ${index}`;
        return [{ name, runtime, question, steps: startIn(question, runtime).steps }];
      }),
    );
  });
}

function startOf({ steps }: Case): NextStep {
  const found = steps.find(({ kind }) => kind === "start");
  if (found === undefined) throw new Error("nothing is started");
  return found;
}

/** The command as both shells read it: each gives back every word. */
function readBack(command: Command | undefined): ReadCommand {
  if (command === undefined) throw new Error("there is no command");
  const [sh, powershell] = SHELLS.map((shell) => readCommand(commandLines(command, shell).join("\n"), shell));
  if (sh === undefined) throw new Error("sh is one of the shells");
  expect(sh).toEqual({ program: command.program, words: command.words, environment: command.environment });
  expect(powershell).toEqual(sh);
  return sh;
}

function onCards({ fit }: StartQuestion): readonly PlacedDevice[] {
  return fit.placement.devices.filter(({ acceleratorId }) => acceleratorId !== null);
}

function inRam({ fit }: StartQuestion): PlacedDevice | undefined {
  return fit.placement.devices.find(({ memoryKind }) => memoryKind === "system");
}

/** How many of the first so many layers have routed experts. */
function expertLayers({ architecture }: StartQuestion, upTo: number): number {
  return expandLayers(architecture).filter(
    ({ feedForward }, index) => index < upTo && feedForward.kind === "experts",
  ).length;
}

function isWholeInRam({ fit }: StartQuestion): boolean {
  return fit.placement.kind === "cpu";
}

/** The cards a program would see, in its order, by their ids. */
function seenIds({ machine }: StartQuestion, list: string | null): readonly string[] {
  const ids = machine.accelerators.map(({ id }) => id);
  return list === null ? ids : list.split(",").map((entry) => ids[Number(/\d+$/.exec(entry)?.[0])] ?? "none");
}

function checkLlamaServer({ question }: Case, { words, environment }: ReadCommand): void {
  const { scenario, placement } = question.fit;
  expect(flagNumber(words, "-c")).toBe(scenario.contextLength);
  expect(flagNumber(words, "-np")).toBe(scenario.parallelSequenceCount);
  expect(words.includes("-kvu")).toBe(scenario.parallelSequenceCount > 1);
  expect(flag(words, "-ctk")).toBe(scenario.keyCacheType);
  expect(flag(words, "-ctv")).toBe(scenario.valueCacheType);
  expect(flag(words, "-fa")).toBe(scenario.flashAttention ? "on" : "off");
  expect(flagNumber(words, "-ub")).toBe(scenario.microBatchSize);
  expect(Number(flag(words, "-b") ?? 2048)).toBeGreaterThanOrEqual(scenario.microBatchSize);
  const layerCount = expandLayers(question.architecture).length;
  const moe = Number(flag(words, "--n-cpu-moe") ?? 0);
  expect(expertLayers(question, moe)).toBe(inRam(question)?.expertLayerCount ?? 0);
  if (isWholeInRam(question)) {
    expect([flagNumber(words, "-ngl"), flag(words, "--device")]).toEqual([0, "none"]);
    return;
  }
  const cards = onCards(question);
  const named = flag(words, "-dev");
  if (named !== null && environment.CUDA_DEVICE_ORDER !== "PCI_BUS_ID")
    throw new Error("the order is not said");
  expect(seenIds(question, named)).toEqual(cards.map(({ acceleratorId }) => acceleratorId));
  expect(flag(words, "-sm") === "tensor").toBe(placement.kind === "tensor-parallel");
  if (placement.kind === "tensor-parallel") return;
  const proportions = flag(words, "-ts")?.split(",").map(Number) ?? [1];
  expect(proportions).toHaveLength(cards.length);
  const { layers, output } = assignLayers(layerCount, flagNumber(words, "-ngl"), proportions);
  expect(output).toBe(cards.length - 1);
  const counts = cards.map((_, index) => layers.filter((device) => device === index).length);
  expect(counts).toEqual(cards.map((device) => device.layerCount));
  expect(layers.filter((device) => device === -1)).toHaveLength(
    placement.kind === "layer-offload" ? (inRam(question)?.layerCount ?? 0) : 0,
  );
}

function checkOllama({ question, steps }: Case, { environment }: ReadCommand): void {
  const { scenario } = question.fit;
  const modelfile =
    steps.flatMap(({ files }) => files).find(({ name }) => name === "Modelfile")?.content ?? "";
  const parameter = (name: string): number =>
    Number(new RegExp(`^PARAMETER ${name} (\\d+)$`, "m").exec(modelfile)?.[1]);
  expect(parameter("num_ctx")).toBe(scenario.contextLength);
  expect(parameter("num_batch")).toBe(scenario.microBatchSize);
  expect(environment).toMatchObject({
    OLLAMA_CONTEXT_LENGTH: `${scenario.contextLength}`,
    OLLAMA_NUM_PARALLEL: `${scenario.parallelSequenceCount}`,
    OLLAMA_KV_CACHE_TYPE: scenario.keyCacheType,
    OLLAMA_FLASH_ATTENTION: scenario.flashAttention ? "1" : "0",
  });
  const layerCount = expandLayers(question.architecture).length;
  const { layers } = assignLayers(layerCount, parameter("num_gpu"), [1]);
  const held = onCards(question).reduce((sum, device) => sum + device.layerCount, 0);
  expect(layers.filter((device) => device === 0)).toHaveLength(isWholeInRam(question) ? 0 : held);
}

function checkLmStudio({ question, steps }: Case, { words }: ReadCommand): void {
  const { scenario } = question.fit;
  const settings = Object.fromEntries(
    steps.flatMap((step) => step.settings).map(({ label, value }) => [label, value]),
  );
  const plain = (label: string): number => Number((settings[label] ?? "0").replaceAll(",", ""));
  expect(flagNumber(words, "--context-length")).toBe(scenario.contextLength);
  expect(settings["K cache quantization type"]).toBe(scenario.keyCacheType);
  expect(settings["V cache quantization type"]).toBe(scenario.valueCacheType);
  expect(settings["Flash attention"]).toBe(scenario.flashAttention ? "on" : "off");
  expect(plain("Evaluation batch size")).toBe(scenario.microBatchSize);
  expect(plain("Max concurrent predictions")).toBe(scenario.parallelSequenceCount);
  expect(expertLayers(question, plain("Layers whose MoE weights are forced onto the CPU"))).toBe(
    inRam(question)?.expertLayerCount ?? 0,
  );
  const share = { off: 0, max: 1 }[flag(words, "--gpu") ?? ""] ?? flagNumber(words, "--gpu");
  const held = onCards(question).reduce((sum, device) => sum + device.layerCount, 0);
  expect(Math.round(share * expandLayers(question.architecture).length)).toBe(
    isWholeInRam(question) ? 0 : held,
  );
}

function visible({ environment }: ReadCommand): string | null {
  return environment.CUDA_VISIBLE_DEVICES ?? environment.HIP_VISIBLE_DEVICES ?? null;
}

function checkVllm({ question, runtime }: Case, read: ReadCommand): void {
  const { words } = read;
  const { scenario } = question.fit;
  const cards = onCards(question);
  expect(words[0]).toBe("serve");
  expect(flagNumber(words, "--max-model-len")).toBe(scenario.contextLength);
  expect(flagNumber(words, "--max-num-seqs")).toBe(scenario.parallelSequenceCount);
  const isPipeline = question.fit.placement.kind === "layer-split";
  const degree = isPipeline ? "--pipeline-parallel-size" : "--tensor-parallel-size";
  expect(flagNumber(words, degree)).toBe(cards.length);
  expect(seenIds(question, visible(read))).toEqual(cards.map(({ acceleratorId }) => acceleratorId));
  expect(flag(words, "--kv-cache-dtype")).toBe(scenario.keyCacheType === "fp8" ? "fp8" : "auto");
  expect(flagNumber(words, "--max-num-batched-tokens")).toBe(runtime.batchedTokenCount);
  expectShare(cards, flagNumber(words, "--gpu-memory-utilization"), "within");
  const families = { awq_marlin: "awq", gptq_marlin: "gptq", bitsandbytes: "nf4" } as Record<string, string>; // names
  const method = flag(words, "--quantization");
  if (method !== null) expect(families[method] ?? method).toBe(packingFamily(question.quantization));
}

/** PyTorch sees 98.7 % of what nvidia-smi says, of which the runtime takes its share. */
function expectShare(
  cards: readonly PlacedDevice[],
  fraction: number,
  activations: "within" | "beside",
): void {
  for (const { capacityBytes, marginBytes, parts } of cards) {
    const beside = activations === "beside" ? parts.computeBufferBytes : 0;
    const limit = Math.min(Math.floor(capacityBytes * 0.987 * fraction) + beside, capacityBytes);
    expect(capacityBytes - marginBytes).toBe(limit);
  }
}

function checkSglang({ question, runtime }: Case, read: ReadCommand): void {
  const { words } = read;
  const { scenario } = question.fit;
  const cards = onCards(question);
  expect(flagNumber(words, "--context-length")).toBe(scenario.contextLength);
  expect(flagNumber(words, "--max-running-requests")).toBe(scenario.parallelSequenceCount);
  expect(flagNumber(words, "--tp-size")).toBe(cards.length);
  expect(seenIds(question, visible(read))).toEqual(cards.map(({ acceleratorId }) => acceleratorId));
  expect(flag(words, "--kv-cache-dtype")).toBe(scenario.keyCacheType === "fp8" ? "fp8_e4m3" : "auto");
  expect(flagNumber(words, "--chunked-prefill-size")).toBe(runtime.batchedTokenCount);
  expectShare(cards, flagNumber(words, "--mem-fraction-static"), "beside");
}

function fileOf({ steps }: Case, name: string): string {
  const found = steps.flatMap(({ files }) => files).find((file) => file.name === name);
  if (found === undefined) throw new Error(`no file ${name}`);
  return found.content;
}

function checkTransformers(one: Case, read: ReadCommand): void {
  const { question } = one;
  const script = fileOf(one, "ask.py");
  expect(Number(/^CONTEXT_LENGTH = (\d+)$/m.exec(script)?.[1])).toBe(question.fit.scenario.contextLength);
  const limits = [
    ...(/^MAX_MEMORY = \{(.*)\}$/m.exec(script)?.[1] ?? "").matchAll(/("cpu"|\d+): "(\d+)MiB"/g),
  ];
  const expected = question.fit.placement.devices.map(({ parts }) => Math.ceil(parts.weightsBytes / 2 ** 20));
  expect(limits.map(([, , mib]) => Number(mib))).toEqual(expected);
  const cards = onCards(question);
  if (cards.length > 0) {
    expect(seenIds(question, visible(read))).toEqual(cards.map(({ acceleratorId }) => acceleratorId));
  }
  const family = packingFamily(question.quantization);
  expect(script.includes("load_in_4bit=True")).toBe(family === "nf4");
  expect(script.includes("load_in_8bit=True")).toBe(family === "int8");
}

function checkMlx({ question, runtime, steps }: Case, { words }: ReadCommand): void {
  const { scenario } = question.fit;
  const [context] = steps.flatMap(({ settings }) => settings);
  expect(Number(context?.value.replaceAll(",", ""))).toBe(scenario.contextLength);
  expect(flagNumber(words, "--decode-concurrency")).toBe(scenario.parallelSequenceCount);
  expect(flagNumber(words, "--prefill-step-size")).toBe(runtime.batchedTokenCount);
  const convert = steps
    .flatMap(({ commands }) => commands)
    .find(({ program }) => program === "mlx_lm.convert");
  const bits = convert === undefined ? null : flag(convert.words, "--q-bits");
  expect(bits).toBe(/^MLX_(\d)BIT$/.exec(question.quantization)?.[1] ?? null);
}

function checkExllama(one: Case, read: ReadCommand): void {
  const { question } = one;
  const { scenario, placement } = question.fit;
  const config = fileOf(one, "config.yml");
  const value = (key: string): string => new RegExp(`^ {2}${key}: (.*)$`, "m").exec(config)?.[1] ?? "";
  expect(Number(value("max_seq_len"))).toBe(scenario.contextLength);
  expect(Number(value("cache_size"))).toBe(Math.ceil(scenario.contextLength / 256) * 256);
  expect(Number(value("max_batch_size"))).toBe(scenario.parallelSequenceCount);
  expect(value("tensor_parallel")).toBe(`${placement.kind === "tensor-parallel"}`);
  const cards = onCards(question);
  expect(seenIds(question, visible(read))).toEqual(cards.map(({ acceleratorId }) => acceleratorId));
  if (cards.length > 1) {
    const split = value("gpu_split").replaceAll(/[[\]]/g, "").split(", ").map(Number);
    expect(split).toEqual(cards.map(({ usedBytes }) => Number(bytesToGib(usedBytes).toFixed(1))));
  }
  const [keyBits] = value("cache_mode").split(",");
  const types: Record<string, string> = { FP16: "f16", Q8: "q8_0", Q4: "q4_0", "8": "q8_0", "4": "q4_0" };
  expect(types[keyBits ?? ""]).toBe(scenario.keyCacheType);
}

const CHECKS: Readonly<Record<string, (one: Case, read: ReadCommand) => void>> = {
  "llama.cpp": checkLlamaServer,
  ollama: checkOllama,
  "lm-studio": checkLmStudio,
  vllm: checkVllm,
  sglang: checkSglang,
  transformers: checkTransformers,
  mlx: checkMlx,
  exllama: checkExllama,
};

describe("a command turned back is the placement it was made from", () => {
  test.each(Object.entries(CHECKS))("%s", (runtimeId, check) => {
    const cases = casesOf(runtimeId);
    expect(cases.length).toBeGreaterThan(50);
    const wrong = cases.flatMap((one) => {
      try {
        check(one, readBack(startOf(one).commands[0]));
        for (const { commands } of one.steps) commands.forEach(readBack);
        return [];
      } catch (error) {
        return [`${one.name}: ${error instanceof Error ? error.message : String(error)}`];
      }
    });
    expect(wrong.slice(0, 5)).toEqual([]);
  });

  test("an accelerator of the placement is one of the machine's", () => {
    const [one] = casesOf("mlx");
    if (one === undefined) throw new Error("MLX holds some model");
    const cards = placedCards(one.question.fit, one.question.machine);
    expect(cards).toHaveLength(onCards(one.question).length);
  });
});
