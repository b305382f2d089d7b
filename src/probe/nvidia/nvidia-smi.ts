import type { CommandResult } from "#probe/command.ts";
import type { Host } from "#probe/host.ts";
import {
  absent,
  type DeviceSighting,
  excerpt,
  failed,
  gpuCount,
  ok,
  type ProbeAnswer,
} from "#probe/reading.ts";
import { lostCardNote, plainComplaint, saysNoDevices, unknownField } from "./complaints.ts";
import { type CsvAnswer, parseNvidiaCsv } from "./csv.ts";
import { ALL_FIELDS, ESSENTIAL_FIELDS, type NvidiaGpu, readGpuRow } from "./gpu-row.ts";
import { NVIDIA_SMI, parseFullReportOrNothing, readMore } from "./more.ts";
import { parseTable } from "./table.ts";

/** NVIDIA cards, from the driver's own tool; good rows count also where it complains about another card. */
export async function readNvidiaSmi(host: Host): Promise<ProbeAnswer> {
  const query = await queryGpus(host);
  if (query.result.kind === "absent") return absent("nvidia-smi is not installed");
  if (query.result.kind === "failed") {
    const { message } = query.result;
    return failed(`nvidia-smi ${message}`, { notes: slowStartNotes(message) });
  }
  const queried = query.answer.rows.map(readGpuRow).filter((gpu) => gpu !== null);
  const lost = query.answer.otherLines.map(lostCardNote).filter((note) => note !== null);
  if (queried.length > 0) return await withMore(host, { gpus: queried, notes: lost, words: query.arguments });
  const output = outputOf(query.result);
  if (saysNoDevices(output) || plainComplaint(output) !== null) return nothingRead(output);
  const other = await readOtherForms(host);
  return other === null ? nothingRead(output) : await withMore(host, { ...other, notes: lost });
}

/**
 * Without a program that holds it, the driver is loaded anew at each call: seconds on a server of many cards (NVIDIA's
 * "Driver Persistence"). Device files name the cards all the same.
 */
function slowStartNotes(message: string): readonly string[] {
  if (!message.startsWith("gave no answer")) return [];
  return [
    "nvidia-smi may only be slow: a driver that nothing keeps loaded (nvidia-persistenced does) starts anew at each call. Detect again.",
  ];
}

interface ReadGpus {
  readonly gpus: readonly NvidiaGpu[];
  readonly notes: readonly string[];
  readonly words: readonly string[];
}

/** Adds what the query does not tell: slices, programs, links between cards. Without it the cards are as they were. */
async function withMore(host: Host, { gpus, notes, words }: ReadGpus): Promise<ProbeAnswer> {
  const { gpus: complete, links } = await readMore(host, gpus);
  const command = [NVIDIA_SMI, ...words].join(" ");
  return ok(gpuCount(complete.length), {
    devices: complete.map((gpu) => sighting(gpu, command)),
    links,
    notes: [...notes, ...complete.map(outOfUseNote).filter((note) => note !== null)],
  });
}

/** A driver that answers no question may still print its report, or at least its table. */
async function readOtherForms(host: Host): Promise<Omit<ReadGpus, "notes"> | null> {
  for (const { words, parse } of [
    { words: ["-q", "-x"], parse: parseFullReportOrNothing },
    { words: [], parse: parseTable },
  ]) {
    const result = await host.run({ tool: NVIDIA_SMI, arguments: words });
    const gpus = result.kind === "finished" ? parse(result.stdout) : [];
    if (gpus.length > 0) return { gpus, words };
  }
  return null;
}

interface Query {
  readonly result: CommandResult;
  readonly arguments: readonly string[];
  readonly answer: CsvAnswer;
}

/** Drivers differ by a field or two; more than this many unknown ones, and only the essential are asked for. */
const FIELD_RETRY_LIMIT = 4;

/** Asks with every field, without those the driver names as unknown, and at last with the essential ones alone. */
async function queryGpus(host: Host): Promise<Query> {
  let fields: readonly string[] = ALL_FIELDS;
  for (let retries = 0; retries < FIELD_RETRY_LIMIT; retries += 1) {
    const query = await queryFields(host, fields);
    const field = unknownField(outputOf(query.result));
    if (field === null || !fields.includes(field)) return query;
    fields = fields.filter((known) => known !== field);
  }
  return await queryFields(host, ESSENTIAL_FIELDS);
}

async function queryFields(host: Host, fields: readonly string[]): Promise<Query> {
  const words = [`--query-gpu=${fields.join(",")}`, "--format=csv,noheader,nounits"];
  const result = await host.run({ tool: NVIDIA_SMI, arguments: words });
  const answer = parseNvidiaCsv(result.kind === "finished" ? result.stdout : "", fields);
  return { result, arguments: words, answer };
}

function outputOf(result: CommandResult): string {
  return result.kind === "finished" ? `${result.stdout}\n${result.stderr}` : "";
}

function nothingRead(output: string): ProbeAnswer {
  if (saysNoDevices(output)) return ok("no GPU: NVIDIA's driver is there but shows this process no card", {});
  const complaint = plainComplaint(output);
  if (complaint !== null) return failed(complaint, { notes: [`nvidia-smi: ${complaint}.`] });
  const shown = excerpt(output);
  return failed(
    shown === "" ? "nvidia-smi printed nothing" : `nvidia-smi printed something unexpected: ${shown}`,
  );
}

function outOfUseNote({ index, isBroken, isMigOn, slices, areSlicesRead, facts }: NvidiaGpu): string | null {
  const place = facts.pciAddress ?? (index === null ? "" : `number ${index}`);
  if (isBroken) return `The NVIDIA card ${place} does not answer its driver (ERR!) and is not counted.`;
  if (!isMigOn || slices.length > 0) return null;
  const why = areSlicesRead ? "none is set up: it runs nothing as it is" : "these could not be read";
  return `${facts.name ?? "The NVIDIA card"} (${place}) is split into MIG slices, and ${why}.`;
}

function sighting(gpu: NvidiaGpu, command: string): DeviceSighting {
  const isOutOfUse = gpu.isBroken || (gpu.isMigOn && gpu.slices.length === 0);
  return {
    source: NVIDIA_SMI,
    command,
    vendor: "nvidia",
    standing: isOutOfUse ? "out-of-use" : "accelerator",
    facts: gpu.facts,
    memoryHolders: gpu.memoryHolders,
    slices: gpu.slices.map(({ facts }) => facts),
  };
}
