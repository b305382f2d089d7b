import { access, open, stat, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { readFailureText } from "#catalog/file-failure.ts";
import { HEADER_BYTES_MAX, MoreBytesNeeded } from "./byte-reader.ts";
import { GgufError, type GgufHeader, type GgufTensor } from "./header.ts";
import { printable } from "./metadata.ts";
import { parseGgufHeader } from "./parse-header.ts";

const FIRST_READ_BYTES = 1024 ** 2;
/** A header is parsed again from its start with that many times more of it. */
const READ_GROWTH = 4;
/** The largest models are published in under 100 parts. */
const PART_COUNT_MAX = 1000;

/** A whole model's headers: one file, or all parts of a split one. */
export interface GgufModelFile {
  /** File name of the first part, safe to print. */
  readonly fileName: string;
  readonly metadata: GgufHeader["metadata"];
  readonly tensors: readonly GgufTensor[];
}

/** One file that is read from its beginning, on this computer or elsewhere. */
export interface GgufSource {
  readonly fileName: string;
  readonly fileBytes: number;
  /** Exactly that many bytes, from the first. */
  readonly readBeginning: (lengthBytes: number) => Promise<Uint8Array>;
}

/**
 * Reads a model from one file or from the parts of a split one, in any order. Of a split file one part is enough
 * where the others lie beside it. Throws a GgufError that names each file that cannot be read, a line each.
 */
export async function readGgufModel(files: readonly string[]): Promise<GgufModelFile> {
  const [only] = files;
  const wanted = only !== undefined && files.length === 1 ? partFiles(only) : files;
  if (only !== undefined && wanted.length > 1) await checkBeside(only, wanted);
  const parts = wanted.map(readFilePart);
  const reasons = (await Promise.allSettled(parts)).flatMap((result): readonly unknown[] =>
    result.status === "rejected" ? [result.reason] : [],
  );
  const faults = reasons.filter((reason) => reason instanceof GgufError);
  if (faults.length > 1 && faults.length === reasons.length)
    throw new GgufError(faults.map(({ message }) => message).join("\n"));
  return joinParts(await Promise.all(parts)); // which throws what no GgufError says
}

/** The same from anywhere: one file after the other, since whoever holds them may limit how much is asked at once. */
export async function readGgufSources(sources: readonly GgufSource[]): Promise<GgufModelFile> {
  const parts: Part[] = [];
  for (const source of sources) {
    parts.push(await readPart(source.fileName, () => parseGrowing(source)));
  }
  return joinParts(parts);
}

function joinParts(parts: readonly Part[]): GgufModelFile {
  const [first] = parts;
  if (first === undefined) throw new GgufError("There is no file to read.");
  const ordered = [...parts].sort((one, other) => one.number - other.number);
  checkComplete(ordered);
  const tensors = ordered.flatMap(({ header }) => header.tensors);
  if (new Set(tensors.map(({ name }) => name)).size < tensors.length) {
    throw new GgufError("The parts hold the same tensors twice: they are not of one model.");
  }
  const [head = first] = ordered;
  return { fileName: printable(path.basename(head.file)), metadata: head.header.metadata, tensors };
}

interface Part {
  readonly file: string;
  readonly header: GgufHeader;
  /** From 0. */
  readonly number: number;
  readonly partCount: number;
}

async function readFilePart(file: string): Promise<Part> {
  return await readPart(file, async () => {
    const handle = await openFile(file);
    try {
      const { size } = await handle.stat();
      const readBeginning = (lengthBytes: number): Promise<Uint8Array> => readFrom(handle, lengthBytes);
      return await parseGrowing({ fileName: file, fileBytes: size, readBeginning });
    } finally {
      await handle.close();
    }
  });
}

async function readPart(file: string, readHeader: () => Promise<GgufHeader>): Promise<Part> {
  try {
    const header = await readHeader();
    const number = header.metadata.get("split.no") ?? 0;
    const partCount = header.metadata.get("split.count") ?? 0;
    if (typeof number !== "number" || typeof partCount !== "number" || partCount > PART_COUNT_MAX) {
      throw new GgufError("The file is damaged: which part of how many it is cannot be read.");
    }
    return { file, header, number, partCount: Math.max(1, partCount) };
  } catch (error) {
    if (error instanceof GgufError)
      throw new GgufError(`${printable(path.basename(file))}: ${error.message}`);
    throw error;
  }
}

/** `NAME-00001-of-00003.gguf` stands for all three. */
function partFiles(file: string): readonly string[] {
  const split = /^(?<name>.*)-\d{5}-of-(?<total>\d{5})(?<ending>\.gguf)$/is.exec(file);
  const { name, total, ending = "" } = split?.groups ?? {};
  if (name === undefined || total === undefined) return [file];
  const partCount = Number(total);
  if (partCount < 1 || partCount > PART_COUNT_MAX) return [file];
  return Array.from(
    { length: partCount },
    (_, index) => `${name}-${String(index + 1).padStart(5, "0")}-of-${total}${ending}`,
  );
}

/** Of the parts that should lie beside a given one, names the first that does not. */
async function checkBeside(given: string, parts: readonly string[]): Promise<void> {
  for (const part of parts) {
    if (part === given || (await isThere(part))) continue;
    const missing = printable(path.basename(part));
    throw new GgufError(
      `${printable(path.basename(given))}: The model is split into ${parts.length} files, and ${missing} does not lie beside it.`,
    );
  }
}

async function isThere(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false; // whatever the reason: it cannot be read
  }
}

function checkComplete(ordered: readonly Part[]): void {
  const partCount = ordered[0]?.partCount ?? 1;
  if (ordered.some((part) => part.partCount !== partCount)) {
    throw new GgufError("The files are parts of different models.");
  }
  const wrong = ordered.findIndex((part, index) => part.number !== index);
  if (ordered.length === partCount && wrong === -1) return;
  if (partCount === 1) {
    throw new GgufError("Several files were given, but they are no parts of one model: add each on its own.");
  }
  const numbers = new Set(ordered.map(({ number }) => number));
  const missing = Array.from({ length: partCount }, (_, index) => index).find((index) => !numbers.has(index));
  const what = missing === undefined ? "one of them was given twice" : `part ${missing + 1} is missing`;
  throw new GgufError(`The model is split into ${partCount} files; ${what}.`);
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    const found = await stat(file); // before it is opened: a pipe that nobody writes to never is
    if (found.isDirectory()) throw new GgufError("It is a folder: name the file in it.");
    if (!found.isFile()) throw new GgufError("It is no file but a device or a pipe.");
    return await open(file, "r");
  } catch (error) {
    if (error instanceof GgufError) throw error;
    throw new GgufError(`It cannot be read: ${readFailureText(error)}.`);
  }
}

async function parseGrowing({ fileBytes, readBeginning }: GgufSource): Promise<GgufHeader> {
  let readBytes = FIRST_READ_BYTES;
  for (;;) {
    const beginning = await readBeginning(Math.min(readBytes, fileBytes));
    try {
      return parseGgufHeader(beginning, fileBytes);
    } catch (error) {
      if (!(error instanceof MoreBytesNeeded)) throw error;
      readBytes = Math.min(Math.max(readBytes * READ_GROWTH, error.upToBytes), HEADER_BYTES_MAX);
    }
  }
}

async function readFrom(handle: FileHandle, lengthBytes: number): Promise<Uint8Array> {
  const buffer = Buffer.allocUnsafeSlow(lengthBytes); // filled whole below, or not used
  let filled = 0;
  while (filled < lengthBytes) {
    const { bytesRead } = await handle.read(buffer, filled, lengthBytes - filled, filled);
    if (bytesRead === 0) throw new GgufError("The file became shorter while it was read.");
    filled += bytesRead;
  }
  return buffer;
}
