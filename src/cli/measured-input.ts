import type { Backend } from "#engine/backend.ts";
import type { Catalog } from "#engine/catalog.ts";
import type { MachineRate } from "#engine/speed/calibration/machine-rate.ts";
import { machineLabel } from "#engine/speed/calibration/rates-of-machine.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { MeasuredRate } from "#engine/speed/calibration/measured-rate.ts";
import { readRates } from "#engine/speed/calibration/read-rates.ts";
import { CONTEXT_LENGTH_MAX } from "#engine/scenario.ts";
import type { Options } from "./arguments.ts";
import { findModel } from "./find-model.ts";
import { wholeNumber } from "./number-options.ts";
import { backendNamed, runtimeNamed } from "./scenario-options.ts";
import { quantization } from "./quantization-option.ts";
import { AnswerError, UsageError } from "./usage-error.ts";

/** What measured rates are of: the machine, and what the catalog calls things. */
export interface MeasuredOn {
  readonly machine: MachineReport;
  readonly catalog: Catalog;
  readonly options: Options;
}

/** The rates in a program's output. Prompts after a filled cache are left out: no figure is corrected by them. */
export function ratesOfOutput(output: string, on: MeasuredOn): readonly MachineRate[] {
  const read = readRates(output);
  if (read.kind === "failed") throw new AnswerError(`That is no measured rate: ${read.message}.`);
  const usable = read.rates.filter(({ test, depth }) => test === "decode" || depth === null || depth === 0);
  if (usable.length === 0) throw new AnswerError("It holds only rates of prompts after a filled cache.");
  return usable.map((rate) => machineRate(rate, on));
}

/** The rates a person typed. */
export function ratesOfOptions(on: MeasuredOn): readonly MachineRate[] {
  const { decode, prefill, context, prompt } = on.options;
  const common = { model: null, quantization: null, backend: null, program: "llama-bench" } as const;
  const tokens = (option: string, text: string | undefined, otherwise: number): number =>
    text === undefined ? otherwise : wholeNumber(option, text, CONTEXT_LENGTH_MAX);
  const rates: readonly MeasuredRate[] = [
    ...(decode === undefined
      ? []
      : [
          {
            ...common,
            test: "decode",
            tokensPerSecond: positive("--decode", decode),
            depth: tokens("--context", context, 0),
            tokenCount: USUAL_GENERATED,
          } as const,
        ]),
    ...(prefill === undefined
      ? []
      : [
          {
            ...common,
            test: "prefill",
            tokensPerSecond: positive("--prefill", prefill),
            depth: 0,
            tokenCount: tokens("--prompt", prompt, USUAL_PROMPT),
          } as const,
        ]),
  ];
  return rates.map((rate) => machineRate(rate, on));
}

/** llama-bench's defaults (`tg128`, `pp512`), where nobody says how many tokens a rate is of. */
const USUAL_GENERATED = 128;
const USUAL_PROMPT = 512;

function machineRate(rate: MeasuredRate, on: MeasuredOn): MachineRate {
  const { machine, catalog, options } = on;
  const runtimeId =
    options.runtime === undefined
      ? RUNTIME_OF_PROGRAM[rate.program]
      : runtimeNamed("--runtime", options.runtime, catalog.runtimes).id;
  return {
    machine: machineLabel(machine),
    test: rate.test,
    tokensPerSecond: rate.tokensPerSecond,
    modelId: modelIdOf(rate, on),
    quantization: quantizationOf(rate, options),
    backend: options.backend === undefined ? backendOf(rate) : backendNamed("--backend", options.backend),
    runtimeId,
    depth: rate.depth ?? 0,
    tokenCount: rate.tokenCount ?? (rate.test === "decode" ? USUAL_GENERATED : USUAL_PROMPT),
  };
}

const RUNTIME_OF_PROGRAM = { "llama-bench": "llama.cpp", ollama: "ollama", vllm: "vllm" } as const;

/** llama-bench says "llama 8B" of many models: then the person has to say which it is. */
function modelIdOf({ model }: MeasuredRate, { options, catalog }: MeasuredOn): string {
  if (options.model !== undefined) return findModel(options.model, catalog.models).id;
  const wanted = model?.toLowerCase().replaceAll(/[:_\s]+/g, "-") ?? "";
  const found = catalog.models.find(
    ({ id, huggingFaceId }) => id === wanted || huggingFaceId?.toLowerCase() === wanted,
  );
  if (found !== undefined) return found.id;
  const called = model === null ? "does not say which model it is of" : `calls the model "${model}"`;
  throw new UsageError(`The output ${called}; say which it is: --model llama-3.1-8b`);
}

function quantizationOf(rate: MeasuredRate, options: Options): MachineRate["quantization"] {
  const text = options.quantization ?? rate.quantization;
  if (text !== null) return quantization("--quantization", text);
  throw new UsageError("In which packing was it measured? --quantization Q4_K_M");
}

const BACKEND_WORDS: readonly (readonly [pattern: RegExp, backend: Backend])[] = [
  [/cuda/i, "cuda"],
  [/rocm|hip/i, "rocm"],
  [/vulkan/i, "vulkan"],
  [/metal|mtl/i, "metal"],
  [/sycl/i, "sycl"],
  [/cpu/i, "cpu"],
];

/** Null where the program does not say, or in words that nobody knows: the maker's own is taken then. */
function backendOf({ backend }: MeasuredRate): Backend | null {
  return BACKEND_WORDS.find(([pattern]) => backend !== null && pattern.test(backend))?.[1] ?? null;
}

function positive(option: string, text: string): number {
  const rate = Number(text);
  if (Number.isFinite(rate) && rate > 0) return rate;
  throw new UsageError(`${option} takes tokens per second, such as 93.5; "${text}" is none.`);
}
