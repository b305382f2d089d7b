import { byteReader, type ByteReader, countText } from "./byte-reader.ts";
import { ggmlType } from "./ggml-types.ts";
import { GgufError, type GgufHeader, type GgufTensor, type GgufValue } from "./header.ts";
import { readMetadata, readName, shown } from "./metadata.ts";

/** Real files have under 200 keys. */
const KEY_COUNT_MAX = 4096;
/** Real files have under 20,000 tensors, also those with a tensor for each expert. */
const TENSOR_COUNT_MAX = 65_536;
/** ggml's own limits: `GGML_MAX_NAME` is 64 with what marks its end, `GGML_MAX_DIMS` is 4. */
const NAME_BYTES_MAX = 64;
const DIMENSION_COUNT_MAX = 4;
const ALIGNMENT_DEFAULT = 32;
const ALIGNMENT_MAX = 65_536;

/**
 * Reads the header of a GGUF file of `fileBytes` bytes from its beginning. Throws MoreBytesNeeded where the
 * beginning is too short, and a GgufError, whose message is for people, where the file cannot be used.
 *
 * Format: ggml's `docs/gguf.md`, versions 2 and 3. As in llama.cpp (`gguf.cpp`) tensors lie one after the other
 * without gaps, and the file must hold all of them.
 */
export function parseGgufHeader(beginning: Uint8Array, fileBytes: number): GgufHeader {
  if (fileBytes === 0) throw new GgufError("The file is empty. Download it again.");
  const reader = byteReader(beginning, fileBytes);
  checkMagic(reader.bytes(4));
  checkVersion(reader.u32());
  const tensorCount = limited(reader.u64(), TENSOR_COUNT_MAX, "tensors");
  const keyCount = limited(reader.u64(), KEY_COUNT_MAX, "metadata keys");
  const metadata = readMetadata(reader, keyCount);
  const stated = Array.from({ length: tensorCount }, () => readTensor(reader));
  checkNames(stated);
  checkPlaces(stated, { headerBytes: reader.position(), alignmentBytes: alignmentOf(metadata), fileBytes });
  return { metadata, tensors: stated.map(({ tensor }) => tensor) };
}

interface StatedTensor {
  readonly tensor: GgufTensor;
  readonly offsetBytes: number;
}

function checkMagic(bytes: Uint8Array): void {
  const magic = String.fromCharCode(...bytes);
  if (magic === "GGUF") return;
  if (bytes.every((byte) => byte === 0)) {
    throw new GgufError(
      "This is no GGUF file: it begins with zeros, as a download does that is not done yet.",
    );
  }
  if (magic === "vers") {
    throw new GgufError("This is a Git LFS pointer, not the model: the file itself has not been downloaded.");
  }
  throw new GgufError(`This is no GGUF file: it begins with "${shown(magic)}".`);
}

function checkVersion(version: number): void {
  if (version === 2 || version === 3) return;
  if (version === 1) throw new GgufError("The file is of GGUF version 1, which runtimes no longer read.");
  if (version % 65_536 === 0 && version !== 0) {
    throw new GgufError("The file is big-endian, made for other processors; it cannot be read here.");
  }
  throw new GgufError(`The file is of GGUF version ${version}; versions 2 and 3 are known.`);
}

function limited(count: number, most: number, what: string): number {
  if (count <= most) return count;
  throw new GgufError(`The file is damaged or made to mislead: it claims ${countText(count)} ${what}.`);
}

function readTensor(reader: ByteReader): StatedTensor {
  const name = readName(reader, NAME_BYTES_MAX, "a tensor's name");
  const dimensionCount = reader.u32();
  if (dimensionCount < 1 || dimensionCount > DIMENSION_COUNT_MAX) {
    throw damaged(name, `has ${dimensionCount} dimensions`);
  }
  const dimensions = Array.from({ length: dimensionCount }, () => reader.u64());
  const elementCount = dimensions.reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(elementCount) || elementCount < 1) throw damaged(name, "has an impossible size");
  const typeNumber = reader.u32();
  const type = ggmlType(typeNumber);
  if (type === undefined) {
    throw new GgufError(`The tensor "${shown(name)}" is of type ${typeNumber}, which Fitment does not know.`);
  }
  const [rowLength = 0] = dimensions;
  if (rowLength % type.blockElements !== 0) {
    throw damaged(name, `has rows of ${rowLength}, which ${type.name} cannot hold`);
  }
  const sizeBytes = (elementCount / type.blockElements) * type.blockBytes;
  return {
    tensor: { name, dimensions, elementCount, type: type.name, sizeBytes },
    offsetBytes: reader.u64(),
  };
}

function damaged(name: string, what: string): GgufError {
  return new GgufError(`The file is damaged: the tensor "${shown(name)}" ${what}.`);
}

function checkNames(stated: readonly StatedTensor[]): void {
  const names = new Set<string>();
  for (const { tensor } of stated) {
    if (names.has(tensor.name)) throw damaged(tensor.name, "is there twice");
    names.add(tensor.name);
  }
}

function alignmentOf(metadata: ReadonlyMap<string, GgufValue>): number {
  const stated = metadata.get("general.alignment") ?? ALIGNMENT_DEFAULT;
  const isPossible = typeof stated === "number" && stated >= 1 && stated <= ALIGNMENT_MAX;
  if (isPossible && Number.isInteger(Math.log2(stated))) return stated;
  throw new GgufError("The file is damaged: its alignment is no power of two.");
}

interface Extent {
  readonly headerBytes: number;
  readonly alignmentBytes: number;
  readonly fileBytes: number;
}

function checkPlaces(
  stated: readonly StatedTensor[],
  { headerBytes, alignmentBytes, fileBytes }: Extent,
): void {
  const aligned = (bytes: number): number => Math.ceil(bytes / alignmentBytes) * alignmentBytes;
  const dataStart = aligned(headerBytes);
  let nextOffset = 0;
  let end = 0;
  for (const { tensor, offsetBytes } of stated) {
    if (offsetBytes !== nextOffset) throw damaged(tensor.name, "does not lie behind the one before it");
    end = dataStart + offsetBytes + tensor.sizeBytes;
    nextOffset = aligned(offsetBytes + tensor.sizeBytes);
  }
  if (end <= fileBytes) return;
  const missing = (end - fileBytes).toLocaleString("en-US");
  throw new GgufError(
    `The file is cut short: ${missing} bytes of its weights are missing. Download it again.`,
  );
}
