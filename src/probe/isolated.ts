import { hostname } from "node:os";
import type { MachineReport } from "#engine/machine.ts";
import { type Capture, captureOf, type HostRecord } from "./capture.ts";
import { hostPlatform } from "./local-host.ts";
import { machineReport } from "./merge/report.ts";
import { type Probe, PROBE_GROUPS, type ProbeRun, probesFor } from "./probe.ts";
import type { ProbeMessage } from "./process.ts";
import { EMPTY_READING } from "./reading.ts";

/** A process that runs one group of sources (`process.ts`): Electron's utility process, or a child process. */
export interface ProbeProcess {
  readonly onMessage: (listener: (message: unknown) => void) => void;
  readonly onExit: (listener: () => void) => void;
  readonly kill: () => void;
}

export type StartProbeProcess = (groupName: string) => ProbeProcess;

/** People wait for this: what has not answered by then is named in the report as a source that failed. */
export const DETECTION_DEADLINE_MS = 3_000;

/** What one detection found, and the recording it can be found from again. */
export interface Detection {
  readonly report: MachineReport;
  /** Made when it is wanted: masking takes a moment. */
  readonly capture: () => Capture;
}

/** This machine, within the deadline, whatever hangs. */
export async function probeMachine(
  startProbeProcess: StartProbeProcess,
  deadlineMs: number = DETECTION_DEADLINE_MS,
): Promise<MachineReport> {
  return (await detectMachine(startProbeProcess, deadlineMs)).report;
}

/**
 * The same with everything that was read. Each group of sources has a process of its own that is killed at the
 * deadline, and what its sources had said by then counts. A `witness` the caller has itself is heard if it has spoken
 * when they are done; it is not waited for.
 */
export async function detectMachine(
  startProbeProcess: StartProbeProcess,
  deadlineMs: number = DETECTION_DEADLINE_MS,
  witness: Promise<ProbeRun> | null = null,
): Promise<Detection> {
  const endsAtMs = performance.now() + deadlineMs;
  const groups = await Promise.all(PROBE_GROUPS.map((name) => runGroup(startProbeProcess, name, endsAtMs)));
  const platform = hostPlatform(process.env);
  const runs = probesFor(platform).map((probe) => runOf(probe, groups, deadlineMs));
  const heard = await Promise.race([witness, Promise.resolve(null)]);
  const report = machineReport(heard === null ? runs : [...runs, heard]);
  const records = groups.flatMap((group) => group.records);
  const readAtBySource = timesOf(runs);
  return {
    report,
    capture: () => ({ ...captureOf(platform, records, namesToMask()), readAtBySource }),
  };
}

function timesOf(runs: readonly ProbeRun[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    runs.flatMap(({ outcome, readAt }) => (readAt === undefined ? [] : [[outcome.name, readAt] as const])),
  );
}

function namesToMask(): readonly string[] {
  const { USER, USERNAME, LOGNAME, COMPUTERNAME } = process.env;
  return [USER, USERNAME, LOGNAME, COMPUTERNAME, hostname()].filter(
    (name): name is string => name !== undefined && name !== "root",
  );
}

/** What a group's process had said when it was done, ended by itself, or was killed. */
interface GroupRun {
  readonly groupName: string;
  readonly runs: readonly ProbeRun[];
  readonly records: readonly HostRecord[];
  readonly isLate: boolean;
}

function runGroup(
  startProbeProcess: StartProbeProcess,
  groupName: string,
  endsAtMs: number,
): Promise<GroupRun> {
  return new Promise((resolve) => {
    const runs: ProbeRun[] = [];
    const records: HostRecord[] = [];
    const child = startProbeProcess(groupName);
    const finish = (isLate: boolean): void => {
      clearTimeout(timer);
      child.kill();
      resolve({ groupName, runs, records, isLate });
    };
    const timer = setTimeout(() => finish(true), Math.max(0, endsAtMs - performance.now()));
    child.onExit(() => finish(false));
    child.onMessage((message) => {
      const told = message as ProbeMessage; // from our own process.ts
      if (told.kind === "done") {
        finish(false);
      } else {
        runs.push({ ...told.run, readAt: new Date().toISOString() });
        records.push(...told.records);
      }
    });
  });
}

function runOf(probe: Probe, groups: readonly GroupRun[], deadlineMs: number): ProbeRun {
  const group = groups.find(({ groupName }) => groupName === probe.group);
  const run = group?.runs.find(({ outcome }) => outcome.name === probe.name);
  if (run !== undefined) return run;
  const seconds = Number((deadlineMs / 1000).toFixed(1));
  const message =
    group?.isLate === true ? `gave no answer within ${seconds} s` : "its process ended before it answered";
  const outcome = { name: probe.name, status: "failed", message, elapsedMs: deadlineMs } as const;
  return { outcome, reading: EMPTY_READING };
}
