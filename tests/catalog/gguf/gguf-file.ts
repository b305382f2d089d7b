import { open } from "node:fs/promises";
import { ggmlType } from "#catalog/gguf/ggml-types.ts";

/** A whole number is written as uint32, one that ends in .5 as float32, a list by its first entry. */
export type Value = string | number | boolean | readonly string[] | readonly number[] | readonly boolean[];

export type Metadata = Readonly<Record<string, Value>>;

/** Name, dimensions with the row length first, and ggml's number of the type. */
export type TensorRow = readonly [name: string, dimensions: readonly number[], type: number];

/** Numbers of the types the tests use. */
export const F32 = 0;
export const F16 = 1;
export const Q8_0 = 8;
export const Q4_K = 12;
export const Q6_K = 14;
export const MXFP4 = 39;

const ALIGNMENT_BYTES = 32;

export interface GgufFile {
  /** Everything before the weights. */
  readonly header: Buffer;
  /** With the weights, of which nothing is written. */
  readonly fileBytes: number;
  readonly weightBytes: number;
}

/** A GGUF file as llama.cpp's writer lays it out, version 3. */
export function ggufFile(metadata: Metadata, tensors: readonly TensorRow[], version = 3): GgufFile {
  const entries = Object.entries(metadata).map(([key, value]) =>
    Buffer.concat([text(key), typedValue(value)]),
  );
  let offset = 0;
  let weightBytes = 0;
  const infos = tensors.map(([name, dimensions, type]) => {
    const start = offset;
    const sizeBytes = tensorBytes(dimensions, type);
    weightBytes += sizeBytes;
    offset = aligned(start + sizeBytes);
    return Buffer.concat([text(name), u32(dimensions.length), ...dimensions.map(u64), u32(type), u64(start)]);
  });
  const counts = [u64(tensors.length), u64(entries.length)];
  const plain = Buffer.concat([Buffer.from("GGUF"), u32(version), ...counts, ...entries, ...infos]);
  const header = Buffer.concat([plain, Buffer.alloc(aligned(plain.length) - plain.length)]);
  return { header, fileBytes: header.length + offset, weightBytes };
}

/** Writes the header and leaves a hole where the weights would be: gigabytes that take no room on the disk. */
export async function writeGguf(file: string, { header, fileBytes }: GgufFile): Promise<void> {
  const handle = await open(file, "w");
  await handle.write(header);
  await handle.truncate(fileBytes);
  await handle.close();
}

export function u32(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
}

export function u64(value: number | bigint): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE(BigInt(value));
  return buffer;
}

export function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([u64(bytes.length), bytes]);
}

function typedValue(value: Value): Buffer {
  if (typeof value !== "object") return Buffer.concat([u32(typeOf(value)), plainValue(value)]);
  const [first = 0] = value;
  return Buffer.concat([u32(9), u32(typeOf(first)), u64(value.length), ...value.map(plainValue)]);
}

function typeOf(value: string | number | boolean): number {
  if (typeof value === "string") return 8;
  if (typeof value === "boolean") return 7;
  return Number.isInteger(value) ? 4 : 6;
}

function plainValue(value: string | number | boolean): Buffer {
  if (typeof value === "string") return text(value);
  if (typeof value === "boolean") return Buffer.from([value ? 1 : 0]);
  if (Number.isInteger(value)) return u32(value);
  const buffer = Buffer.alloc(4);
  buffer.writeFloatLE(value);
  return buffer;
}

function tensorBytes(dimensions: readonly number[], type: number): number {
  const layout = ggmlType(type) ?? { blockElements: 1, blockBytes: 4 };
  const elementCount = dimensions.reduce((product, length) => product * length, 1);
  return (elementCount / layout.blockElements) * layout.blockBytes;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}
