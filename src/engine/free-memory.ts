import { gibText, parseMemorySize } from "./hardware/memory-size.ts";
import type { Accelerator, MachineReport, Witness } from "./machine.ts";

/** What a person says is free now of one accelerator, or of all where it names none. */
export interface FreeMemory {
  /** Its place in the report, from 0; null: all of them. */
  readonly index: number | null;
  /** As typed: "20GiB". */
  readonly size: string;
}

/** The machine with its free memory as given, or what is wrong with what was given. */
export type Freed =
  | { readonly kind: "ok"; readonly machine: MachineReport }
  | { readonly kind: "failed"; readonly message: string };

/** Reads "20GiB" (of every accelerator) or "1=20GiB" (of the second); the size is read by `giveFreeMemory`. */
export function parseFreeMemory(text: string): FreeMemory {
  const match = /^\s*(\d+)\s*=(.*)$/.exec(text);
  return match === null
    ? { index: null, size: text }
    : { index: Number(match[1]), size: match[2]?.trim() ?? "" };
}

/** Sets what is free now as a person says it, and marks it; one accelerator's own figure goes before that of all. */
export function giveFreeMemory(machine: MachineReport, given: readonly FreeMemory[]): Freed {
  const { accelerators } = machine;
  const mistake = misplaced(given, accelerators.length);
  if (mistake !== null) return { kind: "failed", message: mistake };
  const changed: Accelerator[] = [];
  const notes: string[] = [];
  for (const [index, accelerator] of accelerators.entries()) {
    const own = given.find((one) => one.index === index) ?? given.find((one) => one.index === null);
    const result = own === undefined ? unchanged(accelerator) : withFree(accelerator, own.size);
    if (result.kind === "failed") return result;
    changed.push(result.accelerator);
    notes.push(...result.notes);
  }
  return notes.length === 0
    ? { kind: "ok", machine }
    : { kind: "ok", machine: { ...machine, accelerators: changed, notes: [...machine.notes, ...notes] } };
}

function misplaced(given: readonly FreeMemory[], acceleratorCount: number): string | null {
  if (given.length === 0) return null;
  if (acceleratorCount === 0) return "There is no accelerator whose memory could be free.";
  const indexes = given.map(({ index }) => index);
  const absent = indexes.find((index) => index !== null && index >= acceleratorCount);
  if (absent !== undefined && absent !== null) {
    const known = acceleratorCount === 1 ? "only 0" : `0 to ${acceleratorCount - 1}`;
    return `There is no accelerator ${absent}: they are counted from 0, here ${known}.`;
  }
  const twice = indexes.find((index, place) => indexes.indexOf(index) !== place);
  if (twice === undefined) return null;
  return `Free memory of ${twice === null ? "all accelerators" : `accelerator ${twice}`} is given twice.`;
}

type FreedAccelerator =
  | { readonly kind: "ok"; readonly accelerator: Accelerator; readonly notes: readonly string[] }
  | { readonly kind: "failed"; readonly message: string };

function unchanged(accelerator: Accelerator): FreedAccelerator {
  return { kind: "ok", accelerator, notes: [] };
}

function withFree(accelerator: Accelerator, size: string): FreedAccelerator {
  const { name, memoryTotalBytes, details } = accelerator;
  const read = freeSize(size);
  if (read.kind === "failed") return { kind: "failed", message: `Free memory: ${read.message}.` };
  const { bytes, note } = read;
  if (memoryTotalBytes !== null && bytes > memoryTotalBytes) {
    const message = `${gibText(bytes)} cannot be free: ${name} has ${gibText(memoryTotalBytes)} in all.`;
    return { kind: "failed", message };
  }
  const freed: Accelerator = {
    ...accelerator,
    memoryFreeBytes: bytes,
    witnesses: witnessesOf(accelerator, bytes),
    // What a tool read as in use does not go with what is given as free.
    ...(details === undefined ? {} : { details: { ...details, memoryUsedBytes: null } }),
  };
  const reading = note === null ? [] : [`Free memory: ${note}`];
  return {
    kind: "ok",
    accelerator: freed,
    notes: [...reading, `${name}: ${gibText(bytes)} free, as given.`],
  };
}

/** As every memory size, but nothing may be free as well. */
function freeSize(text: string): ReturnType<typeof parseMemorySize> {
  return /^\s*0+(\.0+)?\s*([kmgt]i?b?)?\s*$/i.test(text)
    ? { kind: "ok", bytes: 0, note: null }
    : parseMemorySize(text);
}

function witnessesOf({ witnesses = [] }: Accelerator, bytes: number): readonly Witness[] {
  const fact = "memoryFreeBytes";
  const others = witnesses.map((one) => (one.fact === fact ? { ...one, isChosen: false } : one));
  return [...others, { fact, value: bytes, source: "given", command: null, isChosen: true }];
}
