import { type HostRecord, recordingHost, withShortNameLists } from "./capture.ts";
import { killRunningCommands } from "./command.ts";
import { hostPlatform, localHost } from "./local-host.ts";
import { tellParent, whenWorkerIsToEnd } from "./parent.ts";
import { type ProbeRun, probesFor, runProbe } from "./probe.ts";

/** What a probe process tells the one that started it. */
export type ProbeMessage =
  | { readonly kind: "run"; readonly run: ProbeRun; readonly records: readonly HostRecord[] }
  | { readonly kind: "done" };

/** A detection takes 3 s at most; this is left for the start of this process and the way back. */
const TIME_FOR_PROBES_MS = 2_500;

endWhenTold();
void runGroup(process.argv[2] ?? "");

function end(): void {
  killRunningCommands();
  process.exit();
}

/** Electron ends a utility process by a signal; a child process sees its parent go, or let go of it. */
function endWhenTold(): void {
  process.once("disconnect", end);
  process.once("error", end); // an answer on its way to a parent that has gone
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.once(signal, end);
  whenWorkerIsToEnd(end);
}

async function runGroup(groupName: string): Promise<void> {
  const { env: environment } = process;
  const host = localHost({ environment, endsAtMs: performance.now() + TIME_FOR_PROBES_MS });
  const probes = probesFor(hostPlatform(environment)).filter(({ group }) => group === groupName);
  await Promise.all(
    probes.map(async (probe) => {
      const records: HostRecord[] = [];
      const run = await runProbe(probe, recordingHost(host, records));
      tellParent({ kind: "run", run, records: withShortNameLists(records) } satisfies ProbeMessage);
    }),
  );
  tellParent({ kind: "done" } satisfies ProbeMessage);
}
