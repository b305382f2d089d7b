import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium, type Page } from "@playwright/test";
import type { LaunchOptions } from "./launch.ts";

const UNPACKED = path.join(import.meta.dirname, "../../dist/linux-unpacked");

export const PACKED_EXECUTABLE = path.join(UNPACKED, "fitment");
export const PACKED_TERMINAL = path.join(UNPACKED, "fitment-terminal");

export interface Packaged {
  readonly page: Page;
  readonly userDataFolder: string;
  readonly close: () => Promise<void>;
}

/**
 * Starts the packed app and takes hold of its page over Chromium's own port: Playwright's way into Electron is
 * `--inspect`, which the fuses refuse.
 */
export async function launchPackaged(options: LaunchOptions = {}): Promise<Packaged> {
  const userDataFolder = options.userDataFolder ?? (await mkdtemp(path.join(tmpdir(), "fitment-packaged-")));
  const child = spawn(PACKED_EXECUTABLE, packagedArguments(userDataFolder, options.appArguments), {
    env: { ...process.env, FITMENT_LANGUAGE: "en", ...options.environment },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const browser = await chromium.connectOverCDP(await debuggerAddress(child), { noDefaults: true });
  const [context] = browser.contexts();
  const page = context?.pages()[0] ?? (await context?.waitForEvent("page"));
  if (page === undefined) throw new Error("The packed app shows no page.");
  const close = async (): Promise<void> => {
    await browser.close();
    const ended = once(child, "exit");
    if (child.exitCode === null && child.signalCode === null && child.kill("SIGTERM")) await ended;
    const folders = options.userDataFolder === undefined ? [userDataFolder] : [];
    for (const folder of [...folders, ...(options.temporaryFolders ?? [])]) {
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  };
  return { page, userDataFolder, close };
}

/** As `electronArguments`, for an app that is not named because it is packed in. */
export function packagedArguments(userDataFolder: string, words: readonly string[] = []): string[] {
  return ["--no-sandbox", `--user-data-dir=${userDataFolder}`, "--remote-debugging-port=0", ...words];
}

function debuggerAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      said += String(chunk);
      const address = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.once("exit", () => reject(new Error(`The packed app ended before it showed anything: ${said}`)));
  });
}
