/** Files of one PCI device under /sys, as the kernel shows them. */
export function pciDevice(
  address: string,
  id: string,
  files: Readonly<Record<string, string>> = {},
  classCode = "0x030000",
): Readonly<Record<string, string>> {
  const [vendor = "", device = ""] = id.split(":");
  const all = { class: classCode, vendor: `0x${vendor}`, device: `0x${device}`, ...files };
  const folder = `/sys/bus/pci/devices/${address}`;
  return Object.fromEntries(Object.entries(all).map(([file, text]) => [`${folder}/${file}`, `${text}\n`]));
}

/** /proc/meminfo of a machine with that much RAM, three quarters of it free. */
export function meminfo(totalGib: number): Readonly<Record<string, string>> {
  const kib = totalGib * 1024 * 1024;
  return {
    "/proc/meminfo": `MemTotal:       ${kib} kB\nMemFree:        1000 kB\nMemAvailable:   ${(kib * 3) / 4} kB\n`,
  };
}

const MIB = 1024 * 1024;

/** What amdgpu writes for a card's memory, sizes in MiB. */
export function amdMemory(
  vramMib: number,
  gttMib: number,
  visibleMib = 256,
): Readonly<Record<string, string>> {
  return {
    mem_info_vram_total: String(vramMib * MIB),
    mem_info_vram_used: String(100 * MIB),
    mem_info_vis_vram_total: String(visibleMib * MIB),
    mem_info_gtt_total: String(gttMib * MIB),
    mem_info_gtt_used: "0",
  };
}

/** The part of AMD's own name list that the tests need, in its format. */
export const AMDGPU_IDS = {
  "/usr/share/libdrm/amdgpu.ids":
    "# List of AMDGPU IDs\n1.0.0\n744C,\tC8,\tAMD Radeon RX 7900 XTX\n744C,\tCC,\tAMD Radeon RX 7900 XT\n" +
    "1586,\tC1,\tAMD Radeon 8060S Graphics\n15BF,\tC4,\tAMD Radeon 780M Graphics\n",
};

/** The same of the PCI id list. */
export const PCI_IDS = {
  "/usr/share/misc/pci.ids":
    "1002  Advanced Micro Devices, Inc. [AMD/ATI]\n\t66a1  Vega 20 [Radeon Pro VII/Radeon Instinct MI50 32GB]\n" +
    "10de  NVIDIA Corporation\n\t2204  GA102 [GeForce RTX 3090]\n\t\t1043 87b3  ROG STRIX\n\t2684  AD102 [GeForce RTX 4090]\n" +
    "1a03  ASPEED Technology, Inc.\n\t2000  ASPEED Graphics Family\n" +
    "8086  Intel Corporation\n\t4680  AlderLake-S GT1\n\t56a0  DG2 [Arc A770]\n\ta780  Raptor Lake-S GT1 [UHD Graphics 770]\n" +
    "C 03  Display controller\n",
};
