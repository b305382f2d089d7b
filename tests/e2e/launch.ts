import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { _electron, type ElectronApplication, type Page, test as base } from "@playwright/test";
import { electronExecutable } from "../../build/electron-runtime.mjs";

const PROJECT_FOLDER = path.join(import.meta.dirname, "../..");

export interface LaunchOptions {
  /** Set on top of this process's environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Searched before everything else on PATH: the place of a fake `nvidia-smi`. Removed at the end. */
  readonly toolFolder?: string;
  /** Holds the app to start; this checkout where none is given. */
  readonly appFolder?: string;
  /** Removed at the end. */
  readonly temporaryFolders?: readonly string[];
  /** After the app's folder on Electron's command line. */
  readonly appArguments?: readonly string[];
  /** An existing user-data folder; without it, a fresh one that is removed at the end. */
  readonly userDataFolder?: string;
}

export interface Launched {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userDataFolder: string;
  /** From the launch of the process to the window's page. */
  readonly elapsedMs: number;
  close(): Promise<void>;
}

/** Starts the built app in a real Electron, as `npm start` does, and waits for its window. */
export async function launchFitment(options: LaunchOptions = {}): Promise<Launched> {
  const userDataFolder = options.userDataFolder ?? (await mkdtemp(path.join(tmpdir(), "fitment-user-data-")));
  const executablePath = await electronExecutable();
  const startedMs = Date.now();
  const app = await _electron.launch({
    executablePath,
    args: electronArguments(userDataFolder, options),
    env: launchEnvironment(options, path.join(userDataFolder, "own-data")),
  });
  const page = await app.firstWindow();
  const close = async (): Promise<void> => {
    await app.close();
    const made = [options.userDataFolder === undefined ? userDataFolder : null, options.toolFolder ?? null];
    for (const folder of [...made, ...(options.temporaryFolders ?? [])]) {
      if (folder !== null) await rm(folder, { recursive: true, force: true });
    }
  };
  return { app, page, userDataFolder, elapsedMs: Date.now() - startedMs, close };
}

/** `--no-sandbox`: test machines are containers, often as root, where Chromium's sandbox cannot be built. */
export function electronArguments(userDataFolder: string, options: LaunchOptions = {}): string[] {
  const { appFolder = PROJECT_FOLDER, appArguments = [] } = options;
  return ["--no-sandbox", `--user-data-dir=${userDataFolder}`, appFolder, ...appArguments];
}

/** What a test adds to the person's own catalog stays in its own folder, unless it names another; it reads English. */
function launchEnvironment(
  { environment = {}, toolFolder }: LaunchOptions,
  dataFolder: string,
): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !["ELECTRON_RUN_AS_NODE", "ELECTRON_RENDERER_URL"].includes(entry[0]),
  );
  const merged: Record<string, string> = {
    ...Object.fromEntries(inherited),
    FITMENT_DATA_DIR: dataFolder,
    FITMENT_LANGUAGE: "en",
    ...environment,
  };
  const searchPath = merged.PATH ?? "";
  return toolFolder === undefined
    ? merged
    : { ...merged, PATH: `${toolFolder}${path.delimiter}${searchPath}` };
}

interface Fixtures {
  /** As the function of that name; what it starts is closed after the test, however that ends. */
  readonly launchFitment: (options?: LaunchOptions) => Promise<Launched>;
}

export const test = base.extend<Fixtures>({
  // Playwright insists on a destructured first parameter, also where nothing is taken from it.
  launchFitment: async ({}, use) => {
    const started: Launched[] = [];
    await use(async (options) => {
      const launched = await launchFitment(options);
      started.push(launched);
      return launched;
    });
    for (const launched of started) await launched.close();
  },
});

export { expect } from "@playwright/test";
