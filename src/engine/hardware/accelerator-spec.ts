import { parseMemorySize } from "./memory-size.ts";

/** "2x RTX 3090@20GiB", taken apart. */
export interface AcceleratorSpec {
  /** As it was typed. */
  readonly text: string;
  readonly count: number;
  readonly name: string;
  /** Null: not given, the card database says. */
  readonly memoryBytes: number | null;
  readonly notes: readonly string[];
}

/** A spec that was read, or what is wrong with it. */
export type ReadSpec =
  | { readonly kind: "ok"; readonly spec: AcceleratorSpec }
  | { readonly kind: "failed"; readonly message: string };

/** More than any one computer holds: a typing error. */
const MOST_CARDS = 64;

/** Takes apart what names one kind of accelerator: how many, which, and with how much memory. */
export function parseAcceleratorSpec(text: string): ReadSpec {
  const { count, rest } = counted(text.trim());
  const at = rest.lastIndexOf("@");
  const name = (at < 0 ? rest : rest.slice(0, at)).trim();
  if (name === "")
    return failed(`"${text}" names no accelerator; write it like "2x RTX 3090" or "RTX 4090@20GiB".`);
  if (count < 1)
    return failed(`"${text}" asks for none; leave it out, or ask for a machine without accelerators.`);
  if (count > MOST_CARDS)
    return failed(`"${text}" asks for more than ${MOST_CARDS} cards; check the number.`);
  if (at < 0) return { kind: "ok", spec: { text, count, name, memoryBytes: null, notes: [] } };
  const memory = parseMemorySize(rest.slice(at + 1));
  if (memory.kind === "failed") return failed(`${name}: ${memory.message}.`);
  const notes = memory.note === null ? [] : [`${name}: ${memory.note}`];
  return { kind: "ok", spec: { text, count, name, memoryBytes: memory.bytes, notes } };
}

/** "2x RTX 3090", "2 × RTX 3090" and "RTX 3090 x2"; without a number, one. */
function counted(text: string): { readonly count: number; readonly rest: string } {
  const before = /^(\d+)\s*[x×]\s*(.*)$/i.exec(text);
  if (before !== null) return { count: Number(before[1]), rest: before[2] ?? "" };
  const after = /^(.*\S)\s+[x×]\s*(\d+)$/i.exec(text);
  if (after !== null) return { count: Number(after[2]), rest: after[1] ?? "" };
  return { count: 1, rest: text };
}

function failed(message: string): ReadSpec {
  return { kind: "failed", message };
}
