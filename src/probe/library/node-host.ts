import type { Host } from "#probe/host.ts";
import { absent, NOTHING_KNOWN_OF_HOST, ok, type ProbeAnswer } from "#probe/reading.ts";
import { countField, recordOf, textField } from "#probe/fields.ts";

/** What Node knows without asking anybody: the answer of last resort, there even when every tool hangs. */
export async function readNodeHost(host: Host): Promise<ProbeAnswer> {
  const answer = await host.ask("node");
  if (answer === null) return absent("does not describe a simulated machine");
  const fields = recordOf(answer);
  const facts = {
    ...NOTHING_KNOWN_OF_HOST,
    platform: textField(fields, "platform"),
    osRelease: textField(fields, "release"),
    architecture: textField(fields, "architecture"),
    processorName: textField(fields, "processorName"),
    threadCount: countField(fields, "threadCount"),
    ramTotalBytes: countField(fields, "ramTotalBytes"),
  };
  return ok("processor, RAM, operating system", { host: [{ source: "Node", facts }] });
}
