import { withMeasuredRates } from "#catalog/own/measured-rates.ts";
import { overrideMachine } from "#engine/machine-override.ts";
import { completeMachine } from "#engine/complete-machine.ts";
import { withBandwidths } from "#engine/card-bandwidth.ts";
import type { Card } from "#engine/card.ts";
import { giveFreeMemory, parseFreeMemory } from "#engine/free-memory.ts";
import { giveProcessor, type ProcessorChange } from "#engine/hardware/given-processor.ts";
import type { MachineReport } from "#engine/machine.ts";
import { namedMachineFile } from "#probe/named-machines.ts";
import { readSavedReport } from "#probe/saved-report.ts";
import type { Options } from "./arguments.ts";
import { didYouMean } from "./did-you-mean.ts";
import { readText } from "./files.ts";
import type { Surroundings } from "./surroundings.ts";
import { AnswerError, UsageError } from "./usage-error.ts";

/** Which machine is asked about. */
export interface MachineRequest {
  /** A saved report, or the name a machine is kept under, instead of this machine. */
  readonly file: string | null;
  /** Null: as they are; empty: none. */
  readonly gpus: readonly string[] | null;
  readonly ram: string | null;
  /** What is free now, as typed: "20GiB", "0=20GiB"; empty: as it is. */
  readonly free: readonly string[];
  readonly processor: ProcessorChange;
}

/** What the MACHINE options ask for. */
export function machineRequest(options: Options): MachineRequest {
  const { gpu } = options;
  if (options["no-gpu"] === true && gpu !== undefined) {
    throw new UsageError("--gpu and --no-gpu exclude each other.");
  }
  const named = options["no-gpu"] === true ? [] : (gpu ?? null);
  const { machine = null, ram = null, free = [], cpu = null, cores = null } = options;
  const processor = { name: cpu, cores, ramBandwidth: options["ram-bandwidth"] ?? null };
  return { file: machine, gpus: named, ram, free, processor };
}

/** The machine asked about. This one is only detected where something of it is needed. */
export async function requestedMachine(
  request: MachineRequest,
  cards: readonly Card[],
  surroundings: Surroundings,
): Promise<MachineReport> {
  const machine = await overriddenMachine(request, cards, surroundings);
  const freed = giveFreeMemory(machine, request.free.map(parseFreeMemory));
  if (freed.kind === "failed") throw new UsageError(freed.message);
  const given = giveProcessor(freed.machine, request.processor);
  if (given.kind === "failed") throw new UsageError(given.message);
  return withBandwidths(given.machine, cards);
}

async function overriddenMachine(
  request: MachineRequest,
  cards: readonly Card[],
  surroundings: Surroundings,
): Promise<MachineReport> {
  const found = await baseMachine(request, surroundings);
  const base = found === null ? null : completeMachine(found, cards);
  if (base !== null && request.gpus === null && request.ram === null) return base;
  const overridden = overrideMachine(base, { gpus: request.gpus, ram: request.ram }, cards);
  if (overridden.kind === "ok") return overridden.machine;
  const { message, unknownCard } = overridden;
  const nearest = unknownCard === null ? "" : didYouMean(unknownCard, cards.flatMap(cardNames));
  throw new UsageError(`${message}${nearest}`);
}

async function baseMachine(
  { file, gpus, ram }: MachineRequest,
  surroundings: Surroundings,
): Promise<MachineReport | null> {
  if (file !== null) return await savedMachine(file, surroundings);
  const isWhollyGiven = gpus !== null && ram !== null;
  if (isWhollyGiven) return null;
  const { report } = await surroundings.detectMachine();
  // Rates of this machine say nothing of cards that somebody names.
  return gpus === null ? await withMeasuredRates(report, surroundings.ownFolder) : report;
}

/** A file of that name, else the machine that is kept under it. */
async function savedMachine(text: string, surroundings: Surroundings): Promise<MachineReport> {
  const file = await machineFile(text, surroundings);
  const report = readSavedReport(await readJson(file, surroundings));
  if (report.kind === "ok") return report.machine;
  throw new AnswerError(
    `${file} is no machine report (${report.message}). Make one with: fitment detect --json > machine.json`,
  );
}

/** What is no file and no kept machine stays as it was typed: the complaint then names that. */
async function machineFile(text: string, { ownFolder, readFile }: Surroundings): Promise<string> {
  const kept = namedMachineFile(ownFolder, text);
  if (kept === null || (await isReadable(text, readFile))) return text;
  return (await isReadable(kept, readFile)) ? kept : text;
}

async function isReadable(file: string, readFile: Surroundings["readFile"]): Promise<boolean> {
  try {
    await readFile(file);
    return true;
  } catch {
    return false; // missing, or not for us: whoever reads it next says so
  }
}

async function readJson(file: string, surroundings: Surroundings): Promise<unknown> {
  const content = await readText(file, surroundings);
  try {
    return JSON.parse(content) as unknown; // outside data; the schema checks it next
  } catch {
    throw new AnswerError(`${file} is not JSON. Make one with: fitment detect --json > machine.json`);
  }
}

function cardNames(card: Card): readonly string[] {
  return [card.name, ...card.aliases];
}
