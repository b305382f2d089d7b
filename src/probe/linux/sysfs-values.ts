import type { Host } from "#probe/host.ts";
import type { DeviceFacts } from "#probe/reading.ts";
import type { SysfsDevice } from "./sysfs-device.ts";
import { wholeNumber } from "./whole-number.ts";

/** The whole number a file of the device holds; null where the file is missing or holds anything else. */
export async function numberFile(host: Host, { folder }: SysfsDevice, file: string): Promise<number | null> {
  return wholeNumber((await host.readText(`${folder}/${file}`)) ?? "");
}

/** Transfers per second on a lane, as the kernel prints them, and the generation that has that speed. */
const GENERATIONS: Readonly<Record<string, number>> = { "2.5": 1, "5": 2, "8": 3, "16": 4, "32": 5, "64": 6 };

/** What the slot and the card can do at most; what they do now sinks when the card is idle. */
export async function linkFacts(host: Host, device: SysfsDevice): Promise<Partial<DeviceFacts>> {
  const speed = (await host.readText(`${device.folder}/max_link_speed`)) ?? "";
  const rate = /^(\d+(?:\.\d)?)(?:\.0)? GT\/s/.exec(speed.trim())?.[1]?.replace(/\.0$/, "");
  const width = await numberFile(host, device, "max_link_width");
  return {
    pcieGeneration: rate === undefined ? null : (GENERATIONS[rate] ?? null),
    pcieWidth: width === 0 || width === 255 ? null : width, // what the kernel prints where there is no link
  };
}
