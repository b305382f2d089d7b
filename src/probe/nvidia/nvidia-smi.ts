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

export const NVIDIA_SMI = "nvidia-smi";

/** NVIDIA cards, from the driver's own tool; good rows count also where it complains about another card. */
export async function readNvidiaSmi(host: Host): Promise<ProbeAnswer> {
  const query = await queryGpus(host);
  if (query.result.kind === "absent") return absent("nvidia-smi is not installed");
  if (query.result.kind === "failed") return failed(`nvidia-smi ${query.result.message}`);
  const gpus = query.answer.rows.map(readGpuRow).filter((gpu) => gpu !== null);
  if (gpus.length === 0) return nothingRead(query.result);
  const notes = [
    ...query.answer.otherLines.map(lostCardNote).filter((note) => note !== null),
    ...gpus.filter((gpu) => gpu.isBroken).map(brokenNote),
  ];
  const command = `nvidia-smi ${query.arguments.join(" ")}`;
  return ok(gpuCount(gpus.length), { devices: gpus.map((gpu) => sighting(gpu, command)), notes });
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

function nothingRead(result: CommandResult): ProbeAnswer {
  const output = outputOf(result);
  if (saysNoDevices(output)) return ok("no GPU: NVIDIA's driver is there but shows this process no card", {});
  const complaint = plainComplaint(output);
  if (complaint !== null) return failed(complaint, { notes: [`nvidia-smi: ${complaint}.`] });
  const shown = excerpt(output);
  return failed(
    shown === "" ? "nvidia-smi printed nothing" : `nvidia-smi printed something unexpected: ${shown}`,
  );
}

function brokenNote({ index, facts }: NvidiaGpu): string {
  const place = facts.pciAddress === null ? "" : ` at ${facts.pciAddress}`;
  return `NVIDIA card ${index ?? ""}${place} does not answer its driver (ERR!) and is not counted.`.replace(
    "  ",
    " ",
  );
}

function sighting(gpu: NvidiaGpu, command: string): DeviceSighting {
  return {
    source: NVIDIA_SMI,
    command,
    vendor: "nvidia",
    standing: gpu.isBroken ? "out-of-use" : "accelerator",
    facts: gpu.facts,
    memoryHolders: [],
    slices: [],
  };
}
