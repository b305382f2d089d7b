import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fakeGpu, type FakeGpu, fakeNvidiaSmi } from "../fixtures/fake-nvidia-smi.ts";
import type { LaunchOptions } from "./launch.ts";

/** A Linux PC that exists only in a test: its kernel's files are made up, and the real machine's tools left alone. */
export interface PretendedMachine {
  readonly processorName: string;
  readonly coreCount: number;
  readonly ramMiB: number;
  readonly gpus: readonly FakeGpu[];
}

/** A desktop with one card of 24 GB: what most window tests look at. */
export const DESKTOP: PretendedMachine = {
  processorName: "AMD Ryzen 9 7950X 16-Core Processor",
  coreCount: 16,
  ramMiB: 64_000,
  gpus: [fakeGpu(0, "NVIDIA GeForce RTX 4090", 24564, 300)],
};

/** How to start the app so that it finds this machine. */
export async function pretend(machine: PretendedMachine): Promise<LaunchOptions> {
  const root = await mkdtemp(path.join(tmpdir(), "fitment-pretended-root-"));
  for (const [name, text] of Object.entries(kernelFiles(machine))) {
    const file = path.join(root, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const tools = machine.gpus.length === 0 ? path.join(root, "no-tools") : await fakeNvidiaSmi(machine.gpus);
  return {
    environment: { FITMENT_PROBE_ROOT: root, FITMENT_PROBE_PATH: tools },
    temporaryFolders: machine.gpus.length === 0 ? [root] : [root, tools],
  };
}

function kernelFiles({
  processorName,
  coreCount,
  ramMiB,
}: PretendedMachine): Readonly<Record<string, string>> {
  const threads = Array.from({ length: 2 * coreCount }, (_, thread) =>
    [
      `processor\t: ${thread}`,
      `model name\t: ${processorName}`,
      "physical id\t: 0",
      `core id\t\t: ${thread % coreCount}`,
    ].join("\n"),
  );
  const totalKib = ramMiB * 1024;
  return {
    "proc/cpuinfo": `${threads.join("\n\n")}\n\n`,
    "proc/meminfo": `MemTotal: ${totalKib} kB\nMemAvailable: ${Math.round(totalKib * 0.9)} kB\n`,
    "proc/sys/kernel/osrelease": "6.8.0-60-generic\n",
    "proc/sys/kernel/arch": "x86_64\n",
    "etc/os-release": 'PRETTY_NAME="Ubuntu 24.04.2 LTS"\n',
  };
}
