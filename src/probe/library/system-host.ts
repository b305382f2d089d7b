import type { Host } from "#probe/host.ts";
import { absent, type HostFacts, NOTHING_KNOWN_OF_HOST, ok, type ProbeAnswer } from "#probe/reading.ts";
import { countField, numberField, recordOf, textField } from "#probe/fields.ts";

const SOURCE = "systeminformation";

/** Processor, RAM and operating system, from systeminformation. */
export async function readSystemHost(host: Host): Promise<ProbeAnswer> {
  const [cpu, mem, osInfo] = await Promise.all([host.ask("cpu"), host.ask("mem"), host.ask("osInfo")]);
  if (cpu === null && mem === null && osInfo === null) return absent("does not describe a simulated machine");
  const facts = { ...NOTHING_KNOWN_OF_HOST, ...processorFacts(cpu), ...ramFacts(mem), ...osFacts(osInfo) };
  return ok(systemMessage(facts), { host: [{ source: SOURCE, facts }] });
}

function processorFacts(cpu: unknown): Partial<HostFacts> {
  const fields = recordOf(cpu);
  const brand = textField(fields, "brand");
  const maker = textField(fields, "manufacturer");
  return {
    processorName: brand === null || maker === null || brand.startsWith(maker) ? brand : `${maker} ${brand}`,
    processorVendor: textField(fields, "vendor") ?? maker,
    physicalCoreCount: countField(fields, "physicalCores"),
    threadCount: countField(fields, "cores"),
  };
}

function ramFacts(mem: unknown): Partial<HostFacts> {
  const fields = recordOf(mem);
  return { ramTotalBytes: countField(fields, "total"), ramAvailableBytes: numberField(fields, "available") };
}

function osFacts(osInfo: unknown): Partial<HostFacts> {
  const fields = recordOf(osInfo);
  const distribution = [textField(fields, "distro"), textField(fields, "release")].filter(
    (part) => part !== null,
  );
  return {
    osName: distribution.length === 0 ? null : distribution.join(" "),
    osRelease: textField(fields, "kernel"),
    architecture: textField(fields, "arch"),
  };
}

function systemMessage(facts: HostFacts): string {
  const missing = [
    facts.processorName === null ? "processor" : null,
    facts.ramTotalBytes === null ? "RAM" : null,
    facts.osName === null ? "operating system" : null,
  ].filter((part) => part !== null);
  return missing.length === 0 ? "processor, RAM, operating system" : `no answer about: ${missing.join(", ")}`;
}
