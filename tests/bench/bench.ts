import { performance } from "node:perf_hooks";
import { recommend } from "#advice/recommend.ts";
import { NO_LIMITS, type AdviceData, type AdviceQuestion } from "#advice/question.ts";
import { loadCatalog } from "#catalog/load.ts";
import { loadQuality } from "#catalog/load-quality.ts";
import { candidateQuantizations } from "#engine/candidates.ts";
import { estimateFits } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import { overrideMachine } from "#engine/machine-override.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import { finestPacking } from "#engine/prepare.ts";
import { rankModels } from "#engine/ranking.ts";
import { DEFAULT_SCENARIO } from "#engine/scenario.ts";
import { speedHere } from "#engine/speed/speed-here.ts";
import { machineOf } from "../fixtures/machine.ts";

const EIGHT_CARDS = "8x H100 SXM";
const MANY = 10_000;

/** Coarser than any person accepts, so that every quantization of the ladder is asked for. */
const COARSEST = "IQ1_S";

interface Figure {
  readonly what: string;
  readonly run: () => unknown;
  readonly runCount: number;
  /** What the issue of it asks for; null: nothing was said. */
  readonly targetMs: number | null;
}

/** Prints the median and the 95th percentile of each. */
export async function printBench(print: (line: string) => void, catalogFolder: string): Promise<void> {
  const [catalog, { quality }] = await Promise.all([loadCatalog(catalogFolder), loadQuality(catalogFolder)]);
  const { models, cards, runtimes, speed } = catalog;
  const overridden = overrideMachine(machineOf([], null), { gpus: [EIGHT_CARDS], ram: "512GiB" }, cards);
  if (overridden.kind === "failed") throw new Error(overridden.message);
  const { machine } = overridden;
  const many = Array.from({ length: MANY }, (_unused, index): Model => {
    const model = models[index % models.length];
    if (model === undefined) throw new Error("the catalog is empty");
    return { ...model, id: `${model.id}-${index}` };
  });
  const data: AdviceData = { models, cards, runtimes, speed, quality, calibration: null };
  const question: AdviceQuestion = {
    machine,
    scenario: DEFAULT_SCENARIO,
    task: "chat",
    qualityWeight: 0.5,
    limits: NO_LIMITS,
  };
  const where = { machine, catalog, promptLength: null };
  let contextLength = 8192;
  const figures: readonly Figure[] = [
    {
      what: `every model's verdict, ${models.length} models, 8 cards, a new context each time`,
      run: () => rankModels(models, machine, { ...DEFAULT_SCENARIO, contextLength: (contextLength += 1) }),
      runCount: 60,
      targetMs: 16,
    },
    {
      what: "every model at every quantization, 8 cards, a new context each time",
      run: () => everyQuantization(models, machine, (contextLength += 1)),
      runCount: 60,
      targetMs: 16,
    },
    {
      what: `every verdict of ${MANY} models, 8 cards`,
      run: () => rankModels(many, machine, { ...DEFAULT_SCENARIO, contextLength: (contextLength += 1) }),
      runCount: 10,
      targetMs: 300,
    },
    {
      what: "every model's speed",
      run: () =>
        rankModels(models, machine, DEFAULT_SCENARIO).map(({ fit, model }) => speedHere(fit, model, where)),
      runCount: 20,
      targetMs: null,
    },
    {
      what: "a recommendation (in a worker beside the window)",
      run: () => recommend(question, data),
      runCount: 10,
      targetMs: null,
    },
  ];
  for (const figure of figures) print(lineOf(figure));
}

function everyQuantization(models: readonly Model[], machine: MachineReport, contextLength: number): number {
  let count = 0;
  for (const model of models) {
    const finest = finestPacking(model);
    if (!isKnown(model.architecture) || !isKnown(finest)) continue;
    const names = candidateQuantizations(model.architecture.value, finest.value, COARSEST, undefined);
    count += estimateFits(model, machine, { ...DEFAULT_SCENARIO, contextLength }, names).length;
  }
  return count;
}

function lineOf({ what, run, runCount, targetMs }: Figure): string {
  run(); // warm, as a slider's second step is
  const elapsedMs = Array.from({ length: runCount }, () => {
    const startMs = performance.now();
    run();
    return performance.now() - startMs;
  }).sort((one, other) => one - other);
  const at = (share: number): string => (elapsedMs[Math.floor(share * (runCount - 1))] ?? 0).toFixed(1);
  const target = targetMs === null ? "" : `, wanted ${targetMs} ms`;
  return `${what}: median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms (${runCount} runs${target})`;
}
