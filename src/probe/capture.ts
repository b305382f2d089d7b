import type { CommandResult } from "./command.ts";
import type { Host, LibraryCall, ToolCall } from "./host.ts";
import { masked } from "./mask.ts";

/** One thing a probe asked and what came back, as it was. */
export type HostRecord =
  | {
      readonly kind: "command";
      readonly command: string;
      readonly arguments: readonly string[];
      /** Null where it never ran to its end; `problem` says why. */
      readonly exitCode: number | null;
      readonly problem: string | null;
      readonly isAbsent: boolean;
      readonly stdout: string;
      readonly stderr: string;
      readonly elapsedMs: number;
    }
  | { readonly kind: "file"; readonly path: string; readonly text: string | null }
  | { readonly kind: "folder"; readonly path: string; readonly names: readonly string[] }
  | { readonly kind: "link"; readonly path: string; readonly target: string | null }
  | {
      readonly kind: "library";
      readonly call: LibraryCall;
      readonly answer: unknown;
      readonly problem: string | null;
    };

/** Everything one detection read, to be read again elsewhere. Made by `captureOf`, so masked. */
export interface Capture {
  readonly kind: "fitment-capture";
  readonly captureVersion: 1;
  readonly platform: string;
  readonly records: readonly HostRecord[];
  /** When each source had been read, by its name; absent in older captures. */
  readonly readAtBySource?: Readonly<Record<string, string>>;
}

/** More of one output or file than this is cut off in a capture: only floods are longer. */
const TEXT_LIMIT_CHARACTERS = 2 * 1024 * 1024;

/** The same host, with everything it is asked written down into `records`. */
export function recordingHost(host: Host, records: HostRecord[]): Host {
  return {
    platform: host.platform,
    run: async (call) => {
      const result = await host.run(call);
      records.push(commandRecord(call, result));
      return result;
    },
    readText: async (path) => {
      const text = await host.readText(path);
      records.push({ kind: "file", path, text: text === null ? null : text.slice(0, TEXT_LIMIT_CHARACTERS) });
      return text;
    },
    list: async (path) => {
      const names = await host.list(path);
      records.push({ kind: "folder", path, names });
      return names;
    },
    realPath: async (path) => {
      const target = await host.realPath(path);
      records.push({ kind: "link", path, target });
      return target;
    },
    ask: (call) => askRecorded(host, call, records),
  };
}

async function askRecorded(host: Host, call: LibraryCall, records: HostRecord[]): Promise<unknown> {
  try {
    const answer = await host.ask(call);
    records.push({ kind: "library", call, answer, problem: null });
    return answer;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    records.push({ kind: "library", call, answer: null, problem });
    throw error;
  }
}

function commandRecord(call: ToolCall, result: CommandResult): HostRecord {
  const finished = result.kind === "finished" ? result : null;
  return {
    kind: "command",
    command: call.tool,
    arguments: call.arguments,
    exitCode: finished?.exitCode ?? null,
    problem: result.kind === "finished" ? null : result.message,
    isAbsent: result.kind === "absent",
    stdout: (finished?.stdout ?? "").slice(0, TEXT_LIMIT_CHARACTERS),
    stderr: (finished?.stderr ?? "").slice(0, TEXT_LIMIT_CHARACTERS),
    elapsedMs: Math.round(result.elapsedMs),
  };
}

/** A capture to be kept or sent: what names a person or one machine is masked in every text of it. */
export function captureOf(
  platform: string,
  records: readonly HostRecord[],
  names: readonly string[],
): Capture {
  return { kind: "fitment-capture", captureVersion: 1, platform, records: masked(records, names) };
}

/** The list of PCI names is over a megabyte and the same everywhere: only the lines about this machine are kept. */
export function withShortNameLists(records: readonly HostRecord[]): readonly HostRecord[] {
  const ids = records.map((one) =>
    one.kind === "file" ? /^0x([0-9a-f]{4})\s*$/.exec(one.text ?? "")?.[1] : undefined,
  );
  const wanted = new Set(ids.filter((id) => id !== undefined));
  return records.map((one) => {
    if (one.kind !== "file" || !one.path.endsWith("/pci.ids") || one.text === null) return one;
    const kept = one.text
      .split("\n")
      .filter((line) => wanted.has(/^\t?([0-9a-f]{4}) {2}/.exec(line)?.[1] ?? ""));
    return { ...one, text: `${kept.join("\n")}\n` };
  });
}
