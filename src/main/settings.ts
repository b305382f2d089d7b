import { readSettingsFile, type ReadSettings, writeSettingsFile } from "./settings-file.ts";
import type { Settings } from "./settings-schema.ts";

/** Changes come with every keystroke and every pixel; one write holds all of this long. */
const GATHER_MS = 300;

/** The settings of this run: read once, changed in memory, written a moment later. */
export interface SettingsStore {
  /** With all changes of this run, written or not: a page that loads again finds what was asked. */
  readonly read: () => Promise<ReadSettings>;
  /** Answers when it is written; rejects where the disk says no. */
  readonly change: (change: Partial<Settings>) => Promise<void>;
  /** Writes what waits, now. */
  readonly flush: () => Promise<void>;
}

export function settingsStore(folder: string): SettingsStore {
  const first = readSettingsFile(folder);
  let changes: Partial<Settings> = {};
  let waiting: Promise<void> | null = null;
  let writeNow: () => void = () => undefined;

  /** One at a time: the next waits for this one. */
  const write = async (): Promise<void> => {
    const { settings } = await first;
    waiting = null;
    await writeSettingsFile(folder, { ...settings, ...changes });
  };
  const moment = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, GATHER_MS);
      writeNow = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  let lastWrite: Promise<void> = Promise.resolve();
  const change = (change: Partial<Settings>): Promise<void> => {
    changes = { ...changes, ...change };
    if (waiting === null) {
      const before = lastWrite.catch(() => undefined); // its own caller was told
      waiting = Promise.all([before, moment()]).then(write);
      lastWrite = waiting;
    }
    return waiting;
  };
  return {
    read: async () => {
      const { settings, fault } = await first;
      return { settings: { ...settings, ...changes }, fault };
    },
    change,
    flush: async () => {
      writeNow();
      await lastWrite;
    },
  };
}
