import { z } from "zod";
import type { MachineReport } from "#engine/machine.ts";
import type { Capture, HostRecord } from "./capture.ts";
import type { CommandResult } from "./command.ts";
import type { Host, ToolCall } from "./host.ts";
import { machineReport } from "./merge/report.ts";
import { recordedProbesFor, runProbe } from "./probe.ts";

const record = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("command"),
    command: z.string(),
    arguments: z.array(z.string()),
    exitCode: z.int().nullable(),
    problem: z.string().nullable(),
    isAbsent: z.boolean(),
    stdout: z.string(),
    stderr: z.string(),
    elapsedMs: z.number().nonnegative(),
  }),
  z.object({ kind: z.literal("file"), path: z.string(), text: z.string().nullable() }),
  z.object({ kind: z.literal("folder"), path: z.string(), names: z.array(z.string()) }),
  z.object({ kind: z.literal("link"), path: z.string(), target: z.string().nullable() }),
  z.object({
    kind: z.literal("library"),
    call: z.enum(["node", "cpu", "mem", "osInfo", "graphics", "memLayout"]),
    answer: z.unknown(),
    problem: z.string().nullable(),
  }),
]) satisfies z.ZodType<HostRecord>;

const capture = z.object({
  kind: z.literal("fitment-capture"),
  captureVersion: z.literal(1),
  platform: z.enum(["linux", "win32", "darwin", "freebsd"]),
  records: z.array(record),
  readAtBySource: z.record(z.string(), z.string()).exactOptional(),
}) satisfies z.ZodType<Capture>;

/** A capture that was read, or what is wrong with it. */
export type ReadCapture =
  { readonly kind: "ok"; readonly capture: Capture } | { readonly kind: "failed"; readonly message: string };

/**
 * What a person has to show: a capture made by `detect --capture`, or the plain output of one tool (dxdiag,
 * nvidia-smi, system_profiler, amd-smi), as it comes in a question for help.
 */
export function readCapture(text: string): ReadCapture {
  const json = parsed(text);
  if (json === null || !isCapture(json)) return readToolOutput(text);
  const result = capture.safeParse(json);
  if (result.success) return { kind: "ok", capture: result.data };
  const [issue] = result.error.issues;
  const path = issue?.path.map(String).join(".") ?? "";
  return { kind: "failed", message: `${path === "" ? "the whole file" : path}: ${issue?.message ?? "?"}` };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown; // outside data; the schema checks it next
  } catch {
    return null; // no JSON: perhaps the output of a tool
  }
}

function isCapture(json: unknown): boolean {
  return typeof json === "object" && json !== null && "captureVersion" in json;
}

/** How each tool's output is known, and where it was made. */
const OUTPUTS: readonly (readonly [RegExp, string, string])[] = [
  [/DxDiag Version|^ *Card name: /m, "dxdiag", "win32"],
  [/NVIDIA-SMI \d|\| *Bus-Id +Disp\.A/, "nvidia-smi", "linux"],
  [/^ *Chipset Model: |^ *Chip: Apple|"SPDisplaysDataType"/m, "system_profiler", "darwin"],
  [/AMD-SMI \d/, "amd-smi", "linux"],
];

function readToolOutput(text: string): ReadCapture {
  const [, command, platform] = OUTPUTS.find(([pattern]) => pattern.test(text)) ?? [];
  if (command === undefined || platform === undefined) {
    return {
      kind: "failed",
      message: "this is neither a capture of Fitment's nor the output of a tool it knows",
    };
  }
  const whole = text.endsWith("\n") ? text : `${text}\n`;
  const printed = {
    kind: "command",
    command,
    arguments: [],
    exitCode: 0,
    problem: null,
    isAbsent: false,
  } as const;
  const records: readonly HostRecord[] = [{ ...printed, stdout: whole, stderr: "", elapsedMs: 0 }];
  return { kind: "ok", capture: { kind: "fitment-capture", captureVersion: 1, platform, records } };
}

/** The whole detection again, out of a capture: the same report, on any system. */
export async function replayMachine(recorded: Capture): Promise<MachineReport> {
  const report = await readWholeMachine(replayHost(recorded), recorded.readAtBySource);
  return { ...report, notes: ["This machine is replayed from a recording.", ...report.notes] };
}

/** Every source in this process, without a deadline: for hosts that answer at once, with the times of a recording. */
export async function readWholeMachine(
  host: Host,
  readAtBySource: Capture["readAtBySource"] = {},
): Promise<MachineReport> {
  const runs = await Promise.all(
    recordedProbesFor(host.platform).map(async (probe) => {
      const run = await runProbe(probe, host);
      const readAt = readAtBySource[probe.name];
      return readAt === undefined ? run : { ...run, readAt };
    }),
  );
  return machineReport(runs);
}

/** A host that answers what was answered then; what was not asked then is absent. */
export function replayHost({ platform, records }: Capture): Host {
  const files = new Map(
    records.flatMap((one) => (one.kind === "file" ? [[one.path, one.text] as const] : [])),
  );
  const folders = new Map(
    records.flatMap((one) => (one.kind === "folder" ? [[one.path, one.names] as const] : [])),
  );
  const links = new Map(
    records.flatMap((one) => (one.kind === "link" ? [[one.path, one.target] as const] : [])),
  );
  const answers = records.filter((one) => one.kind === "library");
  return {
    platform,
    run: (call) => Promise.resolve(resultOf(call, records)),
    readText: (path) => Promise.resolve(files.get(path) ?? null),
    list: (path) => Promise.resolve(folders.get(path) ?? []),
    realPath: (path) => Promise.resolve(links.get(path) ?? null),
    ask: (call) => {
      const found = answers.find((one) => one.call === call);
      if (found?.problem) return Promise.reject(new Error(found.problem));
      return Promise.resolve(found?.answer ?? null);
    },
  };
}

/** The same call; else, for one tool's plain output, whatever that tool printed without any arguments. */
function resultOf(call: ToolCall, records: readonly HostRecord[]): CommandResult {
  const calls = records
    .filter((one) => one.kind === "command")
    .filter(({ command }) => command === call.tool);
  const wanted = call.arguments.join("\0");
  const found =
    calls.find((one) => one.arguments.join("\0") === wanted) ??
    calls.find((one) => one.arguments.length === 0);
  if (found === undefined || found.isAbsent)
    return { kind: "absent", message: "is not installed", elapsedMs: 0 };
  const { stdout, stderr, exitCode, elapsedMs, problem } = found;
  if (problem !== null) return { kind: "failed", message: problem, elapsedMs };
  return { kind: "finished", stdout, stderr, exitCode, elapsedMs };
}
