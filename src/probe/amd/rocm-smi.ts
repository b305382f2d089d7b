import { nameFromPciList } from "#probe/device-name.ts";
import { type Fields, recordOf, textField } from "#probe/fields.ts";
import type { Host } from "#probe/host.ts";
import { jsonIn } from "#probe/json.ts";
import { canonicalPciAddress, pciId } from "#probe/pci.ts";
import { absent, type DeviceFacts, excerpt, failed, gpuCount, ok, type ProbeAnswer } from "#probe/reading.ts";
import { amdSighting } from "./amd-smi.ts";
import { difference } from "./apu.ts";

const WORDS = [
  "--showproductname",
  "--showid",
  "--showbus",
  "--showmeminfo",
  "vram",
  "--showdriverversion",
  "--json",
];

/** AMD cards from rocm-smi, which older ROCm versions have instead of amd-smi. */
export async function readRocmSmi(host: Host): Promise<ProbeAnswer> {
  const result = await host.run({ tool: "rocm-smi", arguments: WORDS });
  if (result.kind === "absent") return absent("rocm-smi is not installed");
  if (result.kind === "failed") return failed(`rocm-smi ${result.message}`);
  const cards = parseRocmSmi(result.stdout);
  if (cards.length === 0)
    return failed(`rocm-smi showed no card: ${excerpt(`${result.stdout} ${result.stderr}`)}`);
  const from = { source: "rocm-smi", command: `rocm-smi ${WORDS.join(" ")}` };
  return ok(gpuCount(cards.length), { devices: cards.map((facts) => amdSighting(facts, from)) });
}

/** Any of its outputs: JSON of every version, the lines "GPU[0] : key: value", or the concise table. */
export function parseRocmSmi(text: string): readonly Partial<DeviceFacts>[] {
  const json = jsonIn(text);
  if (json !== null && !Array.isArray(json)) return parseJson(recordOf(json));
  const lines = parseLines(text);
  return lines.length > 0 ? lines : parseConcise(text);
}

function parseJson(root: Fields): readonly Partial<DeviceFacts>[] {
  const driverVersion = textField(recordOf(root.system), "Driver version");
  return Object.entries(root)
    .filter(([key]) => /^card\d+$/.test(key))
    .map(([, card]) => ({ ...readCard(recordOf(card)), driverVersion }));
}

/** Keys have been renamed from version to version, mostly in their capitals; each list has all their spellings. */
function readCard(card: Fields): Partial<DeviceFacts> {
  const byLowerCase = Object.fromEntries(
    Object.entries(card).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const text = (...keys: readonly string[]): string | null =>
    keys.map((key) => textField(byLowerCase, key)).find((value) => value !== null) ?? null;
  const total = byteCount(text("vram total memory (b)"));
  const used = byteCount(text("vram total used memory (b)"));
  return {
    name: productName(text("device name"), text("card series"), text("card model")),
    pciAddress: canonicalPciAddress(text("pci bus") ?? ""),
    pciDeviceId: pciId("1002", text("device id", "gpu id") ?? ""),
    memoryTotalBytes: total === 0 ? null : total,
    memoryUsedBytes: used,
    memoryFreeBytes: difference(total, used),
    gfxTarget: /^gfx[0-9a-f]+$/.exec(text("gfx version") ?? "")?.[0] ?? null,
  };
}

/** The first that is a name: some versions print ids in these places. */
function productName(...names: readonly (string | null)[]): string | null {
  const name = names.find((candidate) => candidate !== null && !/^0x/i.test(candidate));
  return name === undefined || name === null ? null : nameFromPciList(name, "amd");
}

function byteCount(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}

/** "GPU[0]		: VRAM Total Memory (B): 17163091968"; a last line without its line break may be cut. */
function parseLines(text: string): readonly Partial<DeviceFacts>[] {
  const cards = new Map<string, Record<string, string>>();
  for (const [, index = "", key = "", value = ""] of text.matchAll(
    /^GPU\[(\d+)\]\s*: ([^:]+): ([^\n]*)\n/gm,
  )) {
    cards.set(index, { ...cards.get(index), [key.trim()]: value.trim() });
  }
  return [...cards.values()].map(readCard);
}

/** Rows of the concise table: device, node, device id. It has no total, only a share of it. */
function parseConcise(text: string): readonly Partial<DeviceFacts>[] {
  return [...text.matchAll(/^\d+\s+(?:\d+\s+)?\[?(0x[0-9a-f]{4})\b[^\n]*%\s*$/gim)].map(
    ([, deviceId = ""]) => ({
      pciDeviceId: pciId("1002", deviceId),
    }),
  );
}
