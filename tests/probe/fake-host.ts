import type { CommandResult } from "#probe/command.ts";
import type { Host, LibraryCall, ToolCall } from "#probe/host.ts";

/** What a pretended tool prints: text alone is an exit code of 0. */
export type Printed =
  string | { readonly stdout?: string; readonly stderr?: string; readonly exitCode: number };

export interface FakeMachine {
  readonly platform?: string;
  /** Answers by tool; a function looks at the arguments, null stands for "not installed". */
  readonly tools?: Readonly<
    Record<string, Printed | ((words: readonly string[]) => Printed | CommandResult | null)>
  >;
  readonly files?: Readonly<Record<string, string>>;
  readonly links?: Readonly<Record<string, string>>;
  readonly library?: Readonly<Partial<Record<LibraryCall, unknown>>>;
}

/** A machine that exists only in a test. */
export function fakeHost({
  platform = "linux",
  tools = {},
  files = {},
  links = {},
  library = {},
}: FakeMachine): Host {
  return {
    platform,
    run: (call) => Promise.resolve(runFake(call, tools)),
    readText: (path) => Promise.resolve(files[path] ?? null),
    list: (folder) => Promise.resolve(namesIn(folder, [...Object.keys(files), ...Object.keys(links)])),
    realPath: (path) => Promise.resolve(links[path] ?? path),
    ask: (call) => Promise.resolve(library[call] ?? null),
  };
}

function runFake(call: ToolCall, tools: NonNullable<FakeMachine["tools"]>): CommandResult {
  const tool = tools[call.tool];
  const printed = typeof tool === "function" ? tool(call.arguments) : (tool ?? null);
  if (printed === null) return { kind: "absent", message: "is not installed", elapsedMs: 0 };
  if (typeof printed === "string") return finished(printed, "", 0);
  if ("kind" in printed) return printed;
  return finished(printed.stdout ?? "", printed.stderr ?? "", printed.exitCode);
}

function finished(stdout: string, stderr: string, exitCode: number): CommandResult {
  return { kind: "finished", stdout, stderr, exitCode, elapsedMs: 1 };
}

function namesIn(folder: string, paths: readonly string[]): readonly string[] {
  const inside = paths.filter((path) => path.startsWith(`${folder}/`));
  return [...new Set(inside.map((path) => path.slice(folder.length + 1).split("/")[0] ?? ""))].sort();
}
