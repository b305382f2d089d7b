import type { CommandResult } from "./command.ts";

/** What one probe asks to be run: a tool by name, found by whoever runs it. */
export interface ToolCall {
  /** Without ".exe". */
  readonly tool: string;
  readonly arguments: readonly string[];
  readonly timeoutMs?: number;
}

/** What systeminformation and Node themselves are asked. */
export type LibraryCall = "node" | "cpu" | "mem" | "osInfo" | "graphics" | "memLayout";

/**
 * The machine as probes see it, and the only way they may look at it. A live machine, a recorded one and one made
 * up of fake tools and files all look alike, so that one code reads them all.
 */
export interface Host {
  /** Node's word: "linux", "win32", "darwin". */
  readonly platform: string;
  run(call: ToolCall): Promise<CommandResult>;
  /** A whole text file; null where it is missing or may not be read. */
  readText(path: string): Promise<string | null>;
  /** Names in a folder, sorted; empty where it is missing or may not be read. */
  list(folder: string): Promise<readonly string[]>;
  /** The path behind symbolic links; null where there is none. */
  realPath(path: string): Promise<string | null>;
  /** JSON-safe answer of a library; null where this is not the machine it would describe. Throws what it throws. */
  ask(call: LibraryCall): Promise<unknown>;
}
