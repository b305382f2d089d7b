import type { ProbeRun } from "./probe.ts";
import { numberField, recordOf, recordsOf } from "./fields.ts";
import { makerOfPciVendor, pciId } from "./pci.ts";
import { absent, type DeviceSighting, gpuCount, NOTHING_KNOWN, ok, type ProbeAnswer } from "./reading.ts";

const SOURCE = "Electron";

/** One more witness in the window: the device ids that Chromium draws with, from `app.getGPUInfo("basic")`. */
export async function electronRun(gpuInfo: Promise<unknown>): Promise<ProbeRun> {
  const startedMs = performance.now();
  const answer = await gpuInfo.then(readGpuInfo, () => absent("Chromium has no GPU to tell of"));
  const elapsedMs = Math.round(performance.now() - startedMs);
  return {
    outcome: { name: SOURCE, status: answer.status, message: answer.message, elapsedMs },
    reading: answer.reading,
    readAt: new Date().toISOString(),
  };
}

/** Ids alone: no place, no name, no memory. Software renderers have none, or one of no maker of GPUs. */
export function readGpuInfo(info: unknown): ProbeAnswer {
  const devices = recordsOf(recordOf(info).gpuDevice).map((device) => {
    const [vendorId, deviceId] = [numberField(device, "vendorId"), numberField(device, "deviceId")];
    return vendorId === null || vendorId === 0 ? null : sighting(vendorId, deviceId ?? 0);
  });
  const known = devices.filter((device) => device !== null);
  return ok(gpuCount(known.length), { devices: known });
}

function sighting(vendorId: number, deviceId: number): DeviceSighting | null {
  const vendor = makerOfPciVendor(vendorId.toString(16).padStart(4, "0"));
  if (vendor === "other") return null;
  const pciDeviceId = deviceId === 0 ? null : pciId(vendorId.toString(16), deviceId.toString(16));
  return {
    source: SOURCE,
    command: null,
    vendor,
    standing: "accelerator",
    facts: { ...NOTHING_KNOWN, pciDeviceId },
    memoryHolders: [],
    slices: [],
  };
}
