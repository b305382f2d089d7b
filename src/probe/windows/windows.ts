import { recordOf } from "#probe/fields.ts";
import type { Host } from "#probe/host.ts";
import { jsonIn } from "#probe/json.ts";
import { failed, gpuCount, ok, type ProbeAnswer, type Reading } from "#probe/reading.ts";
import { adapterReading } from "./adapters.ts";
import { POWERSHELL_SCRIPT, windowsHostFacts } from "./computer.ts";
import { DISPLAY_CLASS_KEY, parseRegistry, REGISTRY_VALUES } from "./registry.ts";
import { readVideoControllers } from "./video-controllers.ts";

/** Windows: which adapters run, from one PowerShell call; their memory from the registry, which has no 4 GB limit. */
export async function readWindows(host: Host): Promise<ProbeAnswer> {
  const [shell, registry] = await Promise.all([
    host.run({
      tool: "powershell",
      arguments: [
        "-NoProfile",
        "-NonInteractive",
        "-ExecutionPolicy",
        "Bypass",
        "-Command",
        POWERSHELL_SCRIPT,
      ],
    }),
    registryText(host),
  ]);
  const answer = recordOf(shell.kind === "finished" ? jsonIn(shell.stdout) : null);
  const facts = windowsHostFacts(answer);
  const adapters = adapterReading({
    controllers: readVideoControllers(answer.video),
    entries: parseRegistry(registry),
    ramTotalBytes: facts.ramTotalBytes,
  });
  const reading: Partial<Reading> = { ...adapters, host: [{ source: "Windows (CIM)", facts }] };
  const count = gpuCount(adapters.devices.length);
  if (Object.keys(answer).length > 0) return ok(count, reading);
  const reason = shell.kind === "finished" ? "printed nothing that can be read" : shell.message;
  return failed(`PowerShell ${reason}; from the registry: ${count}`, reading);
}

/** One quick query a value: a query for everything stops at keys that only the system may read. */
async function registryText(host: Host): Promise<string> {
  const results = await Promise.all(
    REGISTRY_VALUES.map((value) =>
      host.run({ tool: "reg", arguments: ["query", DISPLAY_CLASS_KEY, "/s", "/v", value] }),
    ),
  );
  return results.map((result) => (result.kind === "finished" ? result.stdout : "")).join("\n");
}
