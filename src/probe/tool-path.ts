import { constants } from "node:fs";
import { access, readdir, stat } from "node:fs/promises";
import path from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a tool is looked for. */
export interface ToolSearch {
  readonly platform: string;
  readonly environment: Environment;
}

/** A folder searched before all others: a newer tool, or a fake one for tests. */
export const PROBE_PATH_VARIABLE = "FITMENT_PROBE_PATH";
/** A folder that stands for "/" where probes read files; the tools of the real machine are then left alone. */
export const PROBE_ROOT_VARIABLE = "FITMENT_PROBE_ROOT";
/** "linux", "win32" or "darwin" instead of the real one, for tests with fake tools. */
export const PROBE_PLATFORM_VARIABLE = "FITMENT_PROBE_PLATFORM";

/** Tools that come with the system itself: its own folders are looked at before PATH, which others may have a hand in. */
const OWN_OF_SYSTEM: ReadonlySet<string> = new Set([
  "lscpu",
  "lspci",
  "dmidecode",
  "sysctl",
  "system_profiler",
  "powershell",
  "reg",
  "dxdiag",
]);

/** Full path of a tool; null where it is nowhere. Never the working folder, which Windows would search first. */
export async function findTool(tool: string, search: ToolSearch): Promise<string | null> {
  for (const folder of searchFolders(tool, search)) {
    for (const fileName of [tool, `${tool}.exe`]) {
      const candidate = path.join(folder, fileName);
      if (await isExecutable(candidate)) return candidate;
    }
  }
  return search.platform === "win32" ? await inDriverStore(tool, search.environment) : null;
}

function searchFolders(tool: string, { platform, environment }: ToolSearch): readonly string[] {
  const first = split(environment[PROBE_PATH_VARIABLE]);
  const isSimulated = isSet(environment[PROBE_ROOT_VARIABLE]) || isSet(environment[PROBE_PLATFORM_VARIABLE]);
  if (isSimulated && first.length > 0) return first;
  const onPath = split(environment.PATH ?? environment.Path);
  if (isSimulated) return [...first, ...onPath];
  const system = OWN_OF_SYSTEM.has(tool) ? systemFolders(platform, environment) : [];
  return [...first, ...system, ...onPath, ...usualFolders(platform, environment)];
}

/** Where only an administrator writes. */
function systemFolders(platform: string, environment: Environment): readonly string[] {
  if (platform !== "win32") return ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];
  const system = path.join(windowsFolder(environment), "System32");
  return [system, path.join(system, "WindowsPowerShell", "v1.0")];
}

function windowsFolder(environment: Environment): string {
  return environment.SystemRoot ?? environment.windir ?? "C:\\Windows";
}

/** Programs started from a desktop get a short PATH; these are where makers put their tools. */
function usualFolders(platform: string, environment: Environment): readonly string[] {
  if (platform === "win32") {
    const programs = environment.ProgramFiles ?? "C:\\Program Files";
    return [...systemFolders(platform, environment), path.join(programs, "NVIDIA Corporation", "NVSMI")];
  }
  const common = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];
  return platform === "linux" ? [...common, "/opt/rocm/bin", "/usr/lib/wsl/lib"] : common;
}

/** Drivers for Windows are unpacked here, several versions side by side; the newest is the one in use. */
async function inDriverStore(tool: string, environment: Environment): Promise<string | null> {
  const store = path.join(windowsFolder(environment), "System32", "DriverStore", "FileRepository");
  const packages = await folderNames(store);
  const found = await Promise.all(
    packages
      .filter((name) => /^nv/i.test(name))
      .map((name) => changed(path.join(store, name, `${tool}.exe`))),
  );
  const newest = found
    .filter((file) => file !== null)
    .sort((one, other) => other.changedMs - one.changedMs)[0];
  return newest?.file ?? null;
}

async function folderNames(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    return []; // no such folder: nothing to find there
  }
}

async function changed(file: string): Promise<{ file: string; changedMs: number } | null> {
  try {
    return { file, changedMs: (await stat(file)).ctimeMs };
  } catch {
    return null; // this driver package has no such tool
  }
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false; // not there, or not ours to run
  }
}

function split(searchPath: string | undefined): readonly string[] {
  return (searchPath ?? "").split(path.delimiter).filter((folder) => path.isAbsolute(folder));
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== "";
}
