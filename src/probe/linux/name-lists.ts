import { nameFromPciList } from "#probe/device-name.ts";
import type { Host } from "#probe/host.ts";
import { makerOfPciVendor } from "#probe/pci.ts";

const AMD_LIST = "/usr/share/libdrm/amdgpu.ids";
const PCI_LISTS = ["/usr/share/misc/pci.ids", "/usr/share/hwdata/pci.ids", "/usr/share/pci.ids"];

/** The name of a device, from the lists a Linux system has; null where they do not know it. */
export type NameOf = (pciDeviceId: string, revision: string | null) => string | null;

/** Reads whatever lists there are. AMD's own tells cards apart that share a device id and is asked first. */
export async function readNameLists(host: Host): Promise<NameOf> {
  const amdList = (await host.readText(AMD_LIST)) ?? "";
  const pciList = await firstText(host, PCI_LISTS);
  return (id, revision) => amdName(amdList, id, revision) ?? pciListName(pciList, id);
}

async function firstText(host: Host, paths: readonly string[]): Promise<string> {
  for (const path of paths) {
    const text = await host.readText(path);
    if (text !== null) return text;
  }
  return "";
}

/** Lines as "744C,	C8,	AMD Radeon RX 7900 XTX". */
function amdName(list: string, id: string, revision: string | null): string | null {
  if (!id.startsWith("1002:") || revision === null) return null;
  const line = new RegExp(`^${id.slice(5)},\\s*${revision},\\s*(\\S.*)$`, "im").exec(list);
  return line?.[1]?.trim() ?? null;
}

/** A vendor's line at the margin, its devices' lines below it after one tab. */
function pciListName(list: string, id: string): string | null {
  const [vendor = "", device = ""] = id.split(":");
  const start = list.search(new RegExp(`^${vendor}  `, "m"));
  if (start === -1) return null;
  const rest = list.slice(list.indexOf("\n", start) + 1);
  const end = rest.search(/^[^\t#\n]/m);
  const name = new RegExp(`^\\t${device}  (.+)$`, "m").exec(end === -1 ? rest : rest.slice(0, end))?.[1];
  return name === undefined ? null : nameFromPciList(name, makerOfPciVendor(vendor));
}
