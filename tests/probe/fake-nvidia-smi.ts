import type { Printed } from "./fake-host.ts";

/** A card as nvidia-smi would answer field by field; what is not given is "[N/A]". */
export interface FakeCard {
  readonly fields: Readonly<Record<string, string>>;
  /** Totals of its MIG slices, in MiB. */
  readonly sliceMib?: readonly number[];
  readonly sliceProfile?: string;
  readonly programs?: readonly (readonly [string, string, string])[];
}

export interface FakeSmiOptions {
  readonly unknownFields?: readonly string[];
  readonly exitCode?: number;
  /** Printed before the rows, on the same stream. */
  readonly before?: string;
  readonly topology?: string;
  /** A driver that answers no question, only with its table. */
  readonly table?: string;
}

/** A tool that answers in the forms nvidia-smi has: query, full report, list, matrix and table. */
export function fakeNvidiaSmi(cards: readonly FakeCard[], options: FakeSmiOptions = {}) {
  return (words: readonly string[]): Printed => {
    const query = words.find((word) => word.startsWith("--query-gpu="));
    if (words.length === 0) return options.table ?? { stdout: "", exitCode: 1 };
    if (options.table !== undefined)
      return { stdout: "Invalid combination of input arguments.\n", exitCode: 2 };
    if (query !== undefined)
      return answerQuery(query.slice("--query-gpu=".length).split(","), cards, options);
    if (words.includes("-x")) return fullReport(cards);
    if (words.includes("-L")) return cards.map(listed).join("");
    if (words.includes("topo")) return options.topology ?? "";
    return { stdout: "", exitCode: 2 };
  };
}

function answerQuery(
  fields: readonly string[],
  cards: readonly FakeCard[],
  { unknownFields = [], exitCode = 0, before = "" }: FakeSmiOptions,
): Printed {
  const unknown = fields.find((field) => unknownFields.includes(field));
  if (unknown !== undefined)
    return { stdout: `Field "${unknown}" is not a valid field to query.\n`, exitCode: 2 };
  const rows = cards.map((card) => `${fields.map((field) => card.fields[field] ?? "[N/A]").join(", ")}\n`);
  return { stdout: `${before}${rows.join("")}`, exitCode };
}

function fullReport(cards: readonly FakeCard[]): string {
  return `<?xml version="1.0" ?>\n<!DOCTYPE nvidia_smi_log SYSTEM "nvsmi_device_v12.dtd">\n<nvidia_smi_log>\n${cards
    .map(reported)
    .join("")}</nvidia_smi_log>\n`;
}

function reported({ fields, sliceMib = [], programs = [] }: FakeCard): string {
  const slices = sliceMib.map(
    (mib, index) =>
      `<mig_device><index>${index}</index><fb_memory_usage><total>${mib} MiB</total><used>12 MiB</used><free>${mib - 12} MiB</free></fb_memory_usage></mig_device>`,
  );
  const infos = programs.map(
    ([name, type, used]) =>
      `<process_info><type>${type}</type><process_name>${name}</process_name><used_memory>${used}</used_memory></process_info>`,
  );
  return `<gpu id="${fields["pci.bus_id"] ?? ""}"><product_name>${fields.name ?? ""}</product_name><mig_mode><current_mig>${
    fields["mig.mode.current"] ?? "N/A"
  }</current_mig></mig_mode><mig_devices>${slices.length > 0 ? slices.join("") : "None"}</mig_devices><uuid>${
    fields.uuid ?? "N/A"
  }</uuid><pci><pci_bus_id>${fields["pci.bus_id"] ?? "N/A"}</pci_bus_id></pci><fb_memory_usage><total>${
    fields["memory.total"] ?? "N/A"
  } MiB</total></fb_memory_usage><processes>${infos.join("")}</processes></gpu>\n`;
}

function listed({ fields, sliceMib = [], sliceProfile = "1g.10gb" }: FakeCard): string {
  const slices = sliceMib.map((_mib, index) => `  MIG ${sliceProfile}     Device  ${index}: (UUID: MIG-0)\n`);
  return `GPU ${fields.index ?? "0"}: ${fields.name ?? ""} (UUID: ${fields.uuid ?? "GPU-0"})\n${slices.join("")}`;
}

/** The fields of a card that every case needs. */
export function nvidiaCard(
  index: number,
  { name, address, device, totalMib, ...more }: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return {
    index: String(index),
    name: name ?? "",
    uuid: `GPU-00000000-0000-0000-0000-00000000000${index}`,
    "pci.bus_id": address ?? "[N/A]",
    "pci.device_id": device === undefined ? "[N/A]" : `0x${device.toUpperCase()}10DE`,
    driver_version: "580.126.09",
    "memory.total": totalMib ?? "[N/A]",
    ...more,
  };
}
