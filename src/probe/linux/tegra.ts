import type { Host } from "#probe/host.ts";
import { absent, NOTHING_KNOWN, ok, type ProbeAnswer } from "#probe/reading.ts";

/** The GPU of an NVIDIA Jetson: no PCI device, and on older systems no nvidia-smi; the board says what it is. */
export async function readTegra(host: Host): Promise<ProbeAnswer> {
  const [model, compatible] = await Promise.all(
    ["/proc/device-tree/model", "/proc/device-tree/compatible"].map(async (file) => {
      const text = (await host.readText(file)) ?? "";
      return text.split("\0").join(" ").trim();
    }),
  );
  if (model === undefined || !/\b(jetson|tegra)/i.test(`${model} ${compatible ?? ""}`))
    return absent("this is no Jetson");
  const facts = {
    ...NOTHING_KNOWN,
    name: /nvidia/i.test(model) ? model : `NVIDIA ${model}`,
    memoryKind: "unified" as const,
    deviceKind: "integrated" as const,
  };
  return ok(model, {
    devices: [
      {
        source: "Jetson's device tree",
        command: null,
        vendor: "nvidia",
        standing: "accelerator",
        facts,
        memoryHolders: [],
        slices: [],
      },
    ],
  });
}
