import type { Answer, OpenedProfile } from "#shared/ipc.ts";
import { readProfile } from "./machine-files.ts";

/** A file that a person opened with this app, from the file manager or a command line, until the page takes it. */
export interface WaitingProfile {
  readonly put: (file: string) => void;
  readonly take: () => Promise<Answer<OpenedProfile | null>>;
}

/** `announce` tells the page; a page that is not there yet asks by itself when it starts. */
export function waitingProfile(announce: () => void): WaitingProfile {
  let waiting: string | null = null;
  return {
    put: (file) => {
      waiting = file;
      announce();
    },
    take: async () => {
      const file = waiting;
      waiting = null;
      return file === null ? { kind: "ok", value: null } : await readProfile(file);
    },
  };
}
