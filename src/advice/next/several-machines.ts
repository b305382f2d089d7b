import { ableRuntime } from "#advice/optimise/able-runtime.ts";
import type { Card } from "#engine/card.ts";
import { estimateFit } from "#engine/estimate.ts";
import { isKnown } from "#engine/fact.ts";
import type { Fit } from "#engine/fit.ts";
import type { Accelerator, MachineReport } from "#engine/machine.ts";
import type { Model } from "#engine/model.ts";
import { machineRooms } from "#engine/placement/rooms.ts";
import type { Runtime } from "#engine/runtime.ts";
import type { Scenario } from "#engine/scenario.ts";
import { command } from "./command.ts";
import { placedCards, type PlacedCard } from "./placed-cards.ts";
import type { StartQuestion } from "./question.ts";
import { llamaFile, llamaServerWords } from "./start/llama-server.ts";
import { checkpoint } from "./start/checkpoint.ts";
import { packsInVllm, vllmWords } from "./start/vllm.ts";
import { step, type NextStep } from "./step.ts";
import { say } from "#words/say.ts";

/** A model that one machine does not hold, and machines like it that do. */
export interface SeveralQuestion {
  readonly model: Model;
  readonly machine: MachineReport;
  readonly scenario: Scenario;
  readonly cards: readonly Card[];
  readonly runtimes: readonly Runtime[];
}

/** So many machines like this one hold it together. */
export interface SeveralMachines {
  readonly machineCount: number;
  readonly runtimeId: string;
  readonly fit: Fit;
  readonly steps: readonly NextStep[];
}

const MOST_MACHINES = 8;
const RPC_PORT = 50_052;

/** The fewest machines like this one over which existing engines spread it: llama.cpp's RPC, and vLLM on Ray. */
export function severalMachines(question: SeveralQuestion): readonly SeveralMachines[] {
  return [overRpc(question), overRay(question)].filter((found) => found !== null);
}

function overRpc(question: SeveralQuestion): SeveralMachines | null {
  const runtime = question.runtimes.find(({ id }) => id === "llama.cpp");
  if (runtime === undefined) return null;
  const found = fewestMachines(question, runtime, "layer-split");
  if (found === null) return null;
  const { fit, machine, machineCount } = found;
  const start = startQuestion(question, fit, machine);
  if (start === null) return null;
  const file = llamaFile(start);
  const hosts = Array.from({ length: machineCount - 1 }, (_, index) => `machine-${index + 2}:${RPC_PORT}`);
  const words = llamaServerWords(start, { file, cards: [] });
  const devices = placedCards(fit, machine).map((card) => deviceName(card, question.machine));
  return {
    machineCount,
    runtimeId: runtime.id,
    fit,
    steps: [
      file.obtain,
      step("several-machines", titleText("llama.cpp", machineCount), {
        notes: [
          say(
            "rpc-server runs on every other machine, in a build with -DGGML_RPC=ON; it is not safe on an open network.",
          ),
          say(
            "Put the machines' addresses in the place of machine-2 and its kin. Fitment has no figure for the network.",
          ),
        ],
        commands: [
          command("rpc-server", "-H", "0.0.0.0", "-p", `${RPC_PORT}`),
          command("llama-server", ...words, "--rpc", hosts.join(","), "-dev", devices.join(",")),
        ],
        links: ["https://github.com/ggml-org/llama.cpp/tree/master/tools/rpc"],
      }),
    ],
  };
}

function titleText(engine: string, count: number): string {
  return say("{engine} over {count} machines like this one", { engine, count });
}

/** This machine's devices by their own names, all others as they are counted over the network. */
function deviceName({ accelerator, index }: PlacedCard, { accelerators }: MachineReport): string {
  const isLocal = accelerators.some(({ id }) => id === accelerator.id);
  const names = { nvidia: "CUDA", amd: "ROCm", intel: "SYCL", apple: "MTL", other: "Vulkan" } as const;
  const kin = accelerators.filter(({ vendor }) => vendor === accelerator.vendor).length;
  return isLocal ? `${names[accelerator.vendor]}${index}` : `RPC${index - kin}`;
}

function overRay(question: SeveralQuestion): SeveralMachines | null {
  const vllm = question.runtimes.find(({ id }) => id === "vllm");
  if (vllm === undefined || question.machine.accelerators.length === 0) return null;
  const { runtime } = ableRuntime(vllm, question.machine, question.cards);
  const found = fewestMachines(question, runtime, "tensor-parallel");
  if (found === null) return null;
  const { fit, machine, machineCount } = found;
  const start = startQuestion(question, fit, machine);
  if (start === null) return null;
  const weights = checkpoint(start, packsInVllm);
  const cards = placedCards(fit, machine).slice(0, question.machine.accelerators.length);
  return {
    machineCount,
    runtimeId: runtime.id,
    fit,
    steps: [
      weights.obtain,
      step("several-machines", titleText(say("vLLM on Ray"), machineCount), {
        notes: [
          say(
            "Tensors are split within a machine, layers over machines (vLLM documentation, parallelism and scaling): each card then holds no more than in the split over all cards that Fitment reckoned with.",
          ),
          say(
            "Every machine needs the same vLLM and the same weights. Put the first one's address in the place of machine-1.",
          ),
        ],
        commands: [
          command("ray", "start", "--head", "--port=6379"),
          command("ray", "start", "--address=machine-1:6379"),
          command(
            "vllm",
            "serve",
            weights.name,
            ...vllmWords(start, { runtime, weights, cards }),
            ...["--pipeline-parallel-size", `${machineCount}`],
            ...["--distributed-executor-backend", "ray"],
          ),
        ],
        links: ["https://docs.vllm.ai/en/stable/serving/parallelism_scaling/"],
      }),
    ],
  };
}

interface Found {
  readonly machineCount: number;
  readonly machine: MachineReport;
  readonly fit: Fit;
}

function fewestMachines(
  { model, machine, scenario }: SeveralQuestion,
  runtime: Runtime,
  kind: Fit["placement"]["kind"],
): Found | null {
  for (let machineCount = 2; machineCount <= MOST_MACHINES; machineCount += 1) {
    const together = machinesTogether(machine, machineCount);
    const fit = estimateFit(model, together, { ...scenario, runtime });
    const isOverAll = fit.placement.devices.length > machine.accelerators.length * (machineCount - 1);
    if (fit.placement.kind === kind && isOverAll) return { machineCount, machine: together, fit };
  }
  return null;
}

/** All their accelerators as cards of one machine: what one may hold of unified memory counts as its own. */
function machinesTogether(machine: MachineReport, machineCount: number): MachineReport {
  const rooms = machineRooms(machine).flatMap(({ cards }) => cards);
  const cardsOf = (index: number): readonly Accelerator[] =>
    machine.accelerators.map((accelerator) => {
      const room = rooms.find(({ acceleratorId }) => acceleratorId === accelerator.id);
      return {
        ...accelerator,
        id: index === 0 ? accelerator.id : `${accelerator.id}-machine-${index + 1}`,
        memoryKind: "dedicated",
        memoryTotalBytes: room?.capacityBytes ?? null,
      };
    });
  return {
    ...machine,
    accelerators: Array.from({ length: machineCount }, (_, index) => cardsOf(index)).flat(),
  };
}

function startQuestion(question: SeveralQuestion, fit: Fit, machine: MachineReport): StartQuestion | null {
  const { architecture } = question.model;
  if (fit.quantization === null || !isKnown(architecture)) return null;
  return {
    ...question,
    architecture: architecture.value,
    fit,
    quantization: fit.quantization,
    machine,
    purpose: "production",
  };
}
