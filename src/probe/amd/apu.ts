/**
 * AMD graphics inside a processor, by PCI device id: their memory is RAM, part of it carved out by the firmware.
 * From the public PCI id list and the kernel's amdgpu driver (`amdgpu_drv.c`, chips flagged `AMD_IS_APU`).
 */
const APU_DEVICES: ReadonlySet<string> = new Set([
  ...[
    "15dd",
    "15d8",
    "1636",
    "1638",
    "164c",
    "15e7",
    "163f",
    "1681",
    "1506",
    "164d",
    "164e",
    "15bf",
    "15c8",
    "1900",
  ],
  ...["1901", "150e", "1586", "1114", "13c0", "13fe", "143f", "98e4"],
  ...[
    "9830",
    "9831",
    "9832",
    "9833",
    "9834",
    "9835",
    "9836",
    "9837",
    "9838",
    "9839",
    "9850",
    "9851",
    "9852",
    "9853",
  ],
  ...[
    "9870",
    "9874",
    "9875",
    "9876",
    "9877",
    "1304",
    "1305",
    "1306",
    "1307",
    "1309",
    "130a",
    "130b",
    "130c",
    "130d",
  ],
  ...["130e", "130f", "1310", "1311", "1312", "1313", "1315", "1316", "1317", "1318", "131b", "131c", "131d"],
]);

/** True for `1002:1586` and its like. */
export function isAmdApu(pciDeviceId: string): boolean {
  return pciDeviceId.startsWith("1002:") && APU_DEVICES.has(pciDeviceId.slice(5));
}

/** What the kernel says of an APU's memory. */
export interface ApuMemory {
  readonly carveOutBytes: number | null;
  readonly carveOutUsedBytes: number | null;
  readonly gttBytes: number | null;
  readonly gttUsedBytes: number | null;
}

/**
 * An APU uses its carve-out and the RAM it may map (GTT): the sum is what a model can have. The operating system does
 * not count the carve-out as RAM, and does count the GTT part.
 */
export function apuMemoryFacts({ carveOutBytes, carveOutUsedBytes, gttBytes, gttUsedBytes }: ApuMemory) {
  const memoryTotalBytes = sum(carveOutBytes, gttBytes);
  const memoryUsedBytes = sum(carveOutUsedBytes, gttUsedBytes);
  return {
    memoryKind: "unified" as const,
    deviceKind: "integrated" as const,
    carveOutBytes,
    sharedRamBytes: gttBytes,
    memoryTotalBytes,
    memoryUsedBytes,
    memoryFreeBytes: difference(memoryTotalBytes, memoryUsedBytes),
  };
}

function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

/** What is left; null where either is unknown or the parts exceed the whole. */
export function difference(total: number | null, used: number | null): number | null {
  return total === null || used === null || used > total ? null : total - used;
}
