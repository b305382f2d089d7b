import type { MachineReport } from "../../src/engine/machine.ts";

/** A machine of which each tool said all that it can. */
export function withEverything(machine: MachineReport): MachineReport {
  const [card] = machine.accelerators;
  if (card === undefined) throw new Error("the machine has a card");
  return {
    ...machine,
    os: { platform: "linux", name: "Ubuntu 24.04", release: "6.8.0", architecture: "x64", source: "Node" },
    processor: {
      ...machine.processor,
      name: "AMD Ryzen 9",
      vendor: "AuthenticAMD",
      instructionSets: ["avx2"],
    },
    ram: {
      ...machine.ram,
      modules: [{ sizeBytes: 1, type: "DDR5", transfersPerSecond: 1, dataWidthBits: 64, slot: "A1" }],
      copy: { bytesPerSecond: 1, threadCount: 1, source: "measured" },
      bandwidth: { bytesPerSecond: 1, isMeasured: false, source: "given" },
    },
    accelerators: [
      {
        ...card,
        driverVersion: "570.86.15",
        pciAddress: "0000:01:00.0",
        details: {
          ...{ pciDeviceId: "10de:2684", pciSubsystemId: "10de:1111", deviceKind: "discrete" },
          ...{ computeCapability: "8.9", gfxTarget: "gfx1100", gpuCoreCount: null, driverModel: "WDDM" },
          ...{ memoryUsedBytes: 1, memoryReservedBytes: 1, carveOutBytes: null, sharedRamBytes: null },
          ...{ workingSetLimitBytes: null, pcieGeneration: 4, pcieWidth: 16, isDisplayAttached: true },
          ...{ powerLimitWatts: 1, parentId: "gpu-9" },
          memoryHolders: [{ programName: "python", kind: "compute", usedBytes: 1 }],
        },
        witnesses: [
          { fact: "name", value: "RTX 4090", source: "lspci", command: "lspci -nn", isChosen: false },
          {
            fact: "memoryTotalBytes",
            value: 1,
            source: "nvidia-smi",
            command: "nvidia-smi -q",
            isChosen: true,
          },
        ],
      },
    ],
    links: [{ fromId: "gpu-0", toId: "gpu-1", kind: "nvlink", linkCount: 4 }],
    measuredRates: [
      {
        ...{
          machine: "RTX 4090 + AMD Ryzen 9",
          test: "decode",
          tokensPerSecond: 50,
          modelId: "llama-3.1-8b",
        },
        ...{ quantization: "Q4_K_M", backend: null, runtimeId: "llama.cpp", depth: 0, tokenCount: 128 },
      },
    ],
    probes: [{ name: "nvidia-smi", status: "failed", message: "it hung", elapsedMs: 1 }],
    notes: ["a note"],
  };
}
