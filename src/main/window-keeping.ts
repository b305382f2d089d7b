import type { BrowserWindow } from "electron";
import type { SettingsStore } from "./settings.ts";
import { placeOf } from "./window.ts";

/** A disk that does not answer is no reason to keep a window that was closed. */
const FLUSH_TIME_MS = 1_000;

/** Keeps where the window is, and holds its end until that, and all else that waits, is written. */
export function keepPlace(window: BrowserWindow, settings: SettingsStore): void {
  const keep = (): Promise<void> => settings.change({ window: placeOf(window) }).catch(report);
  const keepLater = (): void => void keep();
  window.on("resize", keepLater).on("move", keepLater);
  window.on("close", (event) => {
    event.preventDefault();
    void keep();
    const deadline = new Promise<void>((resolve) => setTimeout(resolve, FLUSH_TIME_MS));
    void Promise.race([settings.flush().catch(report), deadline]).then(() => window.destroy());
  });
}

function report(error: unknown): void {
  console.error("The window's place was not kept:", error);
}
