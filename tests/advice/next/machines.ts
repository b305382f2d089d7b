import type { MachineReport } from "#engine/machine.ts";
import { gibToBytes } from "#engine/units.ts";
import { machineOf, namedCard, unifiedGpu } from "../../fixtures/machine.ts";

function withSystem(machine: MachineReport, platform: string): MachineReport {
  return { ...machine, os: { ...machine.os, platform } };
}

/** Machines of every kind that commands are made for. */
export const MACHINES: Readonly<Record<string, MachineReport>> = {
  "8 GB card": withSystem(machineOf([namedCard("RTX 3070")], 32), "linux"),
  "24 GB card": withSystem(machineOf([namedCard("RTX 4090")], 64), "win32"),
  "2 x 24 GB": withSystem(machineOf([namedCard("RTX 3090"), namedCard("RTX 3090")], 64), "linux"),
  "16 GB before 24 GB": withSystem(machineOf([namedCard("RTX 4080"), namedCard("RTX 4090")], 64), "linux"),
  "8 x 80 GB": withSystem(
    machineOf(
      Array.from({ length: 8 }, () => namedCard("H100 80GB")),
      1024,
    ),
    "linux",
  ),
  "32 GB Mac": withSystem(machineOf([unifiedGpu("apple", gibToBytes(32))], 32), "darwin"),
  "192 GB Mac": withSystem(machineOf([unifiedGpu("apple", gibToBytes(192))], 192), "darwin"),
  "processor alone": withSystem(machineOf([], 32), "linux"),
};
