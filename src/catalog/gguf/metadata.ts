import type { ByteReader } from "./byte-reader.ts";
import { GgufError, type GgufList, type GgufValue } from "./header.ts";

/** Names and licences are shorter, chat templates longer. */
const TEXT_BYTES_MAX = 4096;
/** The format's own limit for a key. */
const KEY_BYTES_MAX = 65_535;
/** Lists of numbers up to this length are kept: they are per layer, and no model has as many layers. */
const LIST_KEPT_MAX = 1024;
/** The longest lists are a tokenizer's merges, under a million. */
const LIST_LENGTH_MAX = 4_000_000;

const TEXT = 8;
const LIST = 9;
const FLAG = 7;

interface NumberType {
  readonly lengthBytes: number;
  readonly read: (view: DataView, at: number) => number;
}

/** Value types by number (llama.cpp `gguf-py/gguf/constants.py`, `GGUFValueType`, at 0024aa74). */
const NUMBER_TYPES = new Map<number, NumberType>([
  [0, { lengthBytes: 1, read: (view, at) => view.getUint8(at) }],
  [1, { lengthBytes: 1, read: (view, at) => view.getInt8(at) }],
  [2, { lengthBytes: 2, read: (view, at) => view.getUint16(at, true) }],
  [3, { lengthBytes: 2, read: (view, at) => view.getInt16(at, true) }],
  [4, { lengthBytes: 4, read: (view, at) => view.getUint32(at, true) }],
  [5, { lengthBytes: 4, read: (view, at) => view.getInt32(at, true) }],
  [6, { lengthBytes: 4, read: (view, at) => view.getFloat32(at, true) }],
  [FLAG, { lengthBytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) }],
  [10, { lengthBytes: 8, read: (view, at) => Number(view.getBigUint64(at, true)) }],
  [11, { lengthBytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) }],
  [12, { lengthBytes: 8, read: (view, at) => view.getFloat64(at, true) }],
]);

/** All keys with their values. */
export function readMetadata(reader: ByteReader, count: number): ReadonlyMap<string, GgufValue> {
  const metadata = new Map<string, GgufValue>();
  for (let index = 0; index < count; index += 1) {
    const key = readName(reader, KEY_BYTES_MAX, `key ${index + 1} of the metadata`);
    if (metadata.has(key))
      throw new GgufError(`The file is damaged: its metadata has "${shown(key)}" twice.`);
    metadata.set(key, readValue(reader, reader.u32(), key));
  }
  return metadata;
}

/** A text that must be short and readable. */
export function readName(reader: ByteReader, mostBytes: number, what: string): string {
  const lengthBytes = reader.u64();
  if (lengthBytes > mostBytes) {
    throw new GgufError(
      `The file is damaged or made to mislead: ${what} would be ${lengthBytes.toLocaleString("en-US")} bytes long.`,
    );
  }
  return decode(reader.bytes(lengthBytes), what);
}

/** The beginning of a text from a file, safe to print. */
export function shown(text: string): string {
  const safe = printable(text);
  return safe.length > 60 ? `${safe.slice(0, 60)}...` : safe;
}

/** A text without what would steer a terminal. */
export function printable(text: string): string {
  return text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, "?");
}

function readValue(reader: ByteReader, type: number, key: string): GgufValue {
  if (type === TEXT) return readText(reader, key);
  if (type === LIST) return readList(reader, key);
  const numberType = NUMBER_TYPES.get(type);
  if (numberType === undefined) throw unknownType(type, key);
  const value = reader.number(numberType.lengthBytes, numberType.read);
  return type === FLAG ? value === 1 : value;
}

function readText(reader: ByteReader, key: string): GgufValue {
  const lengthBytes = reader.u64();
  const bytes = reader.bytes(lengthBytes);
  return lengthBytes > TEXT_BYTES_MAX
    ? { kind: "long-text", lengthBytes }
    : decode(bytes, `the text of "${shown(key)}"`);
}

function readList(reader: ByteReader, key: string): GgufList {
  const type = reader.u32();
  const count = reader.u64();
  if (count > LIST_LENGTH_MAX) {
    throw new GgufError(
      `The file is damaged or made to mislead: "${shown(key)}" would be a list of ${count.toLocaleString("en-US")}.`,
    );
  }
  if (type === TEXT) {
    reader.skipTexts(count);
    return { kind: "list", count, numbers: null };
  }
  if (type === LIST)
    throw new GgufError(`The metadata "${shown(key)}" is a list of lists; no runtime reads it.`);
  const numberType = NUMBER_TYPES.get(type);
  if (numberType === undefined) throw unknownType(type, key);
  const { lengthBytes, read } = numberType;
  if (count > LIST_KEPT_MAX) {
    reader.skip(count * lengthBytes);
    return { kind: "list", count, numbers: null };
  }
  return {
    kind: "list",
    count,
    numbers: Array.from({ length: count }, () => reader.number(lengthBytes, read)),
  };
}

function unknownType(type: number, key: string): GgufError {
  return new GgufError(
    `The file is damaged: the metadata "${shown(key)}" is of a type that does not exist (${type}).`,
  );
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });

function decode(bytes: Uint8Array, what: string): string {
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw new GgufError(`The file is damaged: ${what} is no UTF-8.`); // the decoder has no more to say
  }
}
