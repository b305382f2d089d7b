import { GgufError } from "./header.ts";

/** Headers of the largest known models, with their token lists, take about 20 MiB. */
export const HEADER_BYTES_MAX = 40 * 1024 ** 2;

/** Reads little-endian values one after the other. */
export interface ByteReader {
  readonly position: () => number;
  readonly u8: () => number;
  readonly u32: () => number;
  /** A 64-bit count; beyond 2^53 it is inexact, and far beyond every limit. */
  readonly u64: () => number;
  /** A number of one of GGUF's types; `littleEndian` as all are. */
  readonly number: (lengthBytes: number, read: (view: DataView, at: number) => number) => number;
  /** A view, not a copy. */
  readonly bytes: (lengthBytes: number) => Uint8Array;
  readonly skip: (lengthBytes: number) => void;
  /** Passes over that many texts, each behind its 64-bit length; one loop, since there may be millions. */
  readonly skipTexts: (count: number) => void;
}

/** The beginning that was read is too short: read up to here at least, and start again. */
export class MoreBytesNeeded extends Error {
  readonly upToBytes: number;

  constructor(upToBytes: number) {
    super(`the header goes on to byte ${upToBytes}`);
    this.upToBytes = upToBytes;
  }
}

/**
 * A reader of a file's beginning. Whatever would lie behind the end of the file, or behind the limit, throws a
 * GgufError before anything is allocated for it.
 */
export function byteReader(beginning: Uint8Array, fileBytes: number): ByteReader {
  const view = new DataView(beginning.buffer, beginning.byteOffset, beginning.byteLength);
  let position = 0;
  const take = (lengthBytes: number): number => {
    const start = position;
    const end = start + lengthBytes;
    if (end > beginning.byteLength) refuse(end, fileBytes);
    position = end;
    return start;
  };
  return {
    position: () => position,
    u8: () => view.getUint8(take(1)),
    u32: () => view.getUint32(take(4), true),
    u64: () => {
      const start = take(8);
      return view.getUint32(start + 4, true) * 2 ** 32 + view.getUint32(start, true);
    },
    number: (lengthBytes, read) => read(view, take(lengthBytes)),
    bytes: (lengthBytes) => {
      const start = take(lengthBytes);
      return beginning.subarray(start, start + lengthBytes);
    },
    skip: (lengthBytes) => void take(lengthBytes),
    skipTexts: (count) => {
      let next = position;
      for (let index = 0; index < count; index += 1) {
        if (next + 8 > beginning.byteLength) refuse(next + 8, fileBytes);
        next += 8 + view.getUint32(next + 4, true) * 2 ** 32 + view.getUint32(next, true);
      }
      take(next - position);
    },
  };
}

function refuse(end: number, fileBytes: number): never {
  if (end > fileBytes) {
    throw new GgufError(
      `The file is cut short or damaged: its header asks for ${countText(end)} bytes, the file has ${countText(fileBytes)}.`,
    );
  }
  if (end > HEADER_BYTES_MAX) {
    throw new GgufError(
      `The header goes on past ${HEADER_BYTES_MAX / 1024 ** 2} MiB, which no known model's does; the file is damaged or made to mislead.`,
    );
  }
  throw new MoreBytesNeeded(end);
}

/** Above 2^53 a count is inexact. */
export function countText(count: number): string {
  return Number.isSafeInteger(count) ? count.toLocaleString("en-US") : "more than 9,007,199,254,740,991";
}
