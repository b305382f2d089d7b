import type { RamModule } from "#engine/machine.ts";
import { gibToBytes, mibToBytes } from "#engine/units.ts";
import type { Host } from "#probe/host.ts";
import { absent, excerpt, failed, NOTHING_KNOWN_OF_HOST, ok, type ProbeAnswer } from "#probe/reading.ts";

/** Memory modules from the firmware's tables, which only an administrator may read. */
export async function readDmidecode(host: Host): Promise<ProbeAnswer> {
  const result = await host.run({ tool: "dmidecode", arguments: ["-t", "17"] });
  if (result.kind === "absent") return absent("dmidecode is not installed");
  if (result.kind === "failed") return failed(`dmidecode ${result.message}`);
  const ramModules = parseDmidecode(result.stdout);
  if (ramModules.length > 0) {
    const facts = { ...NOTHING_KNOWN_OF_HOST, ramModules };
    return ok(`${ramModules.length} memory modules`, { host: [{ source: "dmidecode", facts }] });
  }
  const output = `${result.stdout} ${result.stderr}`;
  if (/permission denied/i.test(output))
    return absent("only an administrator may read the firmware's tables");
  return absent(`no memory modules: ${excerpt(output)}`);
}

/** The modules that are plugged in; empty slots are left out. */
export function parseDmidecode(text: string): readonly RamModule[] {
  const blocks = text.split(/^Memory Device\s*$/m);
  return blocks.map(readModule).filter((module) => module !== null);
}

function readModule(block: string): RamModule | null {
  const value = (key: string): string | null => {
    const found = new RegExp(`^\\s*${key}: (\\S[^\\n]*?)\\s*\\n`, "m").exec(block)?.[1] ?? null;
    return found === null || /^(unknown|none|not specified|not provided|other)$/i.test(found) ? null : found;
  };
  const sizeBytes = size(value("Size"));
  // What it could run at is all that old firmware states; the blank line says that nothing more follows.
  const ratedSpeed = /\n\s*\n/.test(block) ? value("Speed") : null;
  if (sizeBytes === null) return null;
  return {
    sizeBytes,
    type: value("Type"),
    transfersPerSecond: rate(
      value("Configured Memory Speed") ?? value("Configured Clock Speed") ?? ratedSpeed,
    ),
    dataWidthBits: Number(/^(\d+) bits$/.exec(value("Data Width") ?? "")?.[1] ?? Number.NaN) || null,
    slot: value("Locator"),
  };
}

/** "32 GB", "4096 MB"; firmware counts in powers of two. */
function size(text: string | null): number | null {
  const [, amount, unit] = /^(\d+) (MB|GB)$/.exec(text ?? "") ?? [];
  if (amount === undefined || Number(amount) === 0) return null;
  return unit === "GB" ? gibToBytes(Number(amount)) : mibToBytes(Number(amount));
}

/** "2933 MT/s"; older versions of the tool write "MHz" for the same number. */
function rate(text: string | null): number | null {
  const millions = /^(\d+) (MT\/s|MHz)$/.exec(text ?? "")?.[1];
  return millions === undefined ? null : Number(millions) * 1e6;
}
