import { withMeasuredRates } from "#catalog/own/measured-rates.ts";
import type { MachineReport } from "#engine/machine.ts";
import type { Detection } from "#probe/isolated.ts";
import type { Handlers } from "./handler-contract.ts";
import { hostFingerprint, readLastMachine, writeLastMachine } from "./last-machine.ts";
import { saveDiagnostics } from "./machine-files.ts";

type DetectionCalls = Pick<Handlers, "probeMachine" | "readLastMachine" | "saveDiagnostics">;

/** What a detection needs beside itself. */
export interface DetectionSources {
  readonly detectMachine: () => Promise<Detection>;
  /** Where what was found is kept for the next start. */
  readonly keptFolder: string;
  /** Of the person's own catalog, which has what was measured here. */
  readonly ownFolder: string;
}

/** This machine: as it is now, as it was last time, and all that was read of it. */
export function detectionCalls({ detectMachine, keptFolder, ownFolder }: DetectionSources): DetectionCalls {
  const fingerprint = hostFingerprint(process.env);
  let latest: Promise<Detection> | null = null;
  const detectAfresh = (): Promise<Detection> => (latest = detectMachine());
  return {
    probeMachine: async () => {
      const { report } = await detectAfresh();
      void keep(keptFolder, fingerprint, report);
      return { kind: "ok", value: await withMeasuredRates(report, ownFolder) };
    },
    readLastMachine: async () => {
      const last = await readLastMachine(keptFolder, { fingerprint, now: new Date() });
      if (last === null) return { kind: "ok", value: null };
      return { kind: "ok", value: { ...last, machine: await withMeasuredRates(last.machine, ownFolder) } };
    },
    /** Of a detection of this run, never of what was kept. */
    saveDiagnostics: async () => await saveDiagnostics((await (latest ?? detectAfresh())).capture()),
  };
}

/** Nobody waits for it: without it the next start waits for detection. */
async function keep(folder: string, fingerprint: string, machine: MachineReport): Promise<void> {
  try {
    await writeLastMachine(folder, { fingerprint, now: new Date() }, machine);
  } catch (error) {
    console.error("What was detected was not kept for the next start:", error);
  }
}
