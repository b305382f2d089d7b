import {
  bytesToGib,
  gbToBytes,
  gibToBytes,
  mbToBytes,
  mibToBytes,
  tbToBytes,
  tibToBytes,
} from "#engine/units.ts";

/** A size a person typed, in bytes, or what is wrong with it. */
export type MemorySize =
  | {
      readonly kind: "ok";
      readonly bytes: number;
      /** How it was read, where that is not plain. */ readonly note: string | null;
    }
  | { readonly kind: "failed"; readonly message: string };

/** More than any computer or card of today: a typing error. */
const MOST_BYTES = tibToBytes(16);

interface Unit {
  readonly toBytes: (value: number) => number;
  readonly isDecimal: boolean;
  /** What a unit that is left out, or left short, is taken for. */
  readonly takenFor: string | null;
}

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ["", { toBytes: gibToBytes, isDecimal: false, takenFor: "GiB" }],
  ["g", { toBytes: gibToBytes, isDecimal: false, takenFor: "GiB" }],
  ["m", { toBytes: mibToBytes, isDecimal: false, takenFor: "MiB" }],
  ["t", { toBytes: tibToBytes, isDecimal: false, takenFor: "TiB" }],
  ["mib", { toBytes: mibToBytes, isDecimal: false, takenFor: null }],
  ["gib", { toBytes: gibToBytes, isDecimal: false, takenFor: null }],
  ["tib", { toBytes: tibToBytes, isDecimal: false, takenFor: null }],
  ["mb", { toBytes: mbToBytes, isDecimal: true, takenFor: null }],
  ["gb", { toBytes: gbToBytes, isDecimal: true, takenFor: null }],
  ["tb", { toBytes: tbToBytes, isDecimal: true, takenFor: null }],
]);

/** Reads "64GiB", "64 GB" (decimal), "20480MiB", "1TiB"; a bare "64" is GiB, and the note says so. */
export function parseMemorySize(text: string): MemorySize {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text);
  const unit = UNITS.get(match?.[2]?.toLowerCase() ?? "none");
  if (match === null || unit === undefined) {
    return {
      kind: "failed",
      message: `"${text}" is not a memory size; write it like 64GiB, 64GB or 65536MiB`,
    };
  }
  const bytes = Math.round(unit.toBytes(Number(match[1])));
  if (bytes <= 0) return { kind: "failed", message: `"${text}" is no memory at all; give more than 0` };
  if (bytes > MOST_BYTES) {
    return {
      kind: "failed",
      message: `"${text}" is more than 16 TiB, which no computer has; check the unit`,
    };
  }
  return { kind: "ok", bytes, note: readingNote(text.trim(), bytes, unit) };
}

function readingNote(text: string, bytes: number, { takenFor, isDecimal }: Unit): string | null {
  if (takenFor !== null) return `${text} is read as ${text.replace(/[a-z\s]+$/i, "")} ${takenFor}.`;
  if (isDecimal) return `${text} is read as decimal, ${gibText(bytes)}; memory is mostly sold in GiB.`;
  return null;
}

/** "23.99 GiB", for notes and messages. */
export function gibText(bytes: number): string {
  return `${Number(bytesToGib(bytes).toFixed(2))} GiB`;
}
