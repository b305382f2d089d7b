import type { RamModule } from "#engine/machine.ts";
import { kibToBytes } from "#engine/units.ts";
import { countField, type Fields, numberField, recordsOf, textField } from "#probe/fields.ts";
import { type HostFacts, NOTHING_KNOWN_OF_HOST } from "#probe/reading.ts";

/** The one PowerShell call: everything as one JSON text. A class that is missing is an empty list. */
export const POWERSHELL_SCRIPT = [
  "$ErrorActionPreference='SilentlyContinue'",
  "[Console]::OutputEncoding=[Text.Encoding]::UTF8",
  "$video=@(Get-CimInstance Win32_VideoController|Select-Object Name,AdapterRAM,PNPDeviceID,DriverVersion,AdapterCompatibility)",
  "$memory=@(Get-CimInstance Win32_PhysicalMemory|Select-Object Capacity,ConfiguredClockSpeed,SMBIOSMemoryType,DataWidth,DeviceLocator)",
  "$system=@(Get-CimInstance Win32_OperatingSystem|Select-Object Caption,Version,OSArchitecture,FreePhysicalMemory,TotalVisibleMemorySize)",
  "$processor=@(Get-CimInstance Win32_Processor|Select-Object Name,Manufacturer,NumberOfCores,NumberOfLogicalProcessors)",
  "@{video=$video;memory=$memory;system=$system;processor=$processor}|ConvertTo-Json -Depth 4 -Compress",
].join(";");

/** Processor, RAM and system from that answer. */
export function windowsHostFacts(answer: Fields): HostFacts {
  const [system = {}] = recordsOf(answer.system);
  const processors = recordsOf(answer.processor);
  const modules = recordsOf(answer.memory)
    .map(ramModule)
    .filter((module) => module !== null);
  const kib = (value: number | null): number | null => (value === null ? null : kibToBytes(value));
  return {
    ...NOTHING_KNOWN_OF_HOST,
    platform: "win32",
    osName: textField(system, "Caption"),
    osRelease: textField(system, "Version"),
    processorName: textField(processors[0] ?? {}, "Name"),
    processorVendor: textField(processors[0] ?? {}, "Manufacturer"),
    physicalCoreCount: total(processors, "NumberOfCores"),
    threadCount: total(processors, "NumberOfLogicalProcessors"),
    ramTotalBytes: kib(countField(system, "TotalVisibleMemorySize")),
    ramAvailableBytes: kib(numberField(system, "FreePhysicalMemory")),
    ramModules: modules.length === 0 ? null : modules,
  };
}

/** Over all sockets; null where one of them does not say. */
function total(processors: readonly Fields[], key: string): number | null {
  const counts = processors.map((fields) => countField(fields, key));
  const known = counts.filter((count) => count !== null);
  return known.length === 0 || known.length !== counts.length
    ? null
    : known.reduce((sum, count) => sum + count, 0);
}

/** SMBIOS memory types (System Management BIOS specification, table "Memory Device — Type"). */
const MEMORY_TYPES: Readonly<Record<number, string>> = {
  24: "DDR3",
  26: "DDR4",
  29: "LPDDR3",
  30: "LPDDR4",
  34: "DDR5",
  35: "LPDDR5",
};

function ramModule(fields: Fields): RamModule | null {
  const sizeBytes = countField(fields, "Capacity");
  if (sizeBytes === null) return null;
  const megatransfers = countField(fields, "ConfiguredClockSpeed");
  return {
    sizeBytes,
    type: MEMORY_TYPES[numberField(fields, "SMBIOSMemoryType") ?? -1] ?? null,
    transfersPerSecond: megatransfers === null ? null : megatransfers * 1e6,
    dataWidthBits: countField(fields, "DataWidth"),
    slot: textField(fields, "DeviceLocator"),
  };
}
