import { describe, expect, test } from "vitest";
import { MoreBytesNeeded } from "#catalog/gguf/byte-reader.ts";
import { GgufError, type GgufHeader } from "#catalog/gguf/header.ts";
import { parseGgufHeader } from "#catalog/gguf/parse-header.ts";
import { F32, ggufFile, Q4_K, text, u32, u64 } from "./gguf-file.ts";
import { llama3 } from "./models.ts";

const GIB = 1024 ** 3;

function parse(bytes: Buffer, fileBytes = bytes.length): GgufHeader {
  return parseGgufHeader(bytes, fileBytes);
}

/** What the file says of itself, then these raw bytes. */
function raw(version: number, counts: readonly [tensors: bigint, keys: bigint], ...rest: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from("GGUF"), u32(version), ...counts.map(u64), ...rest]);
}

const ARCHITECTURE = Buffer.concat([text("general.architecture"), u32(8), text("llama")]);
const table = (name: Buffer, ...rest: Buffer[]): Buffer => raw(3, [1n, 1n], ARCHITECTURE, name, ...rest);

test("values of every kind come back, long ones only by their size", () => {
  const file = ggufFile(
    {
      "a.text": "Gemma é",
      "a.count": 26,
      "a.fraction": 0.5,
      "a.flag": true,
      "a.tokens": ["one", "two"],
      "a.layers": [4, 8],
      "a.flags": [true, false],
      "a.scores": Array.from({ length: 2000 }, () => 1),
      "a.template": "x".repeat(5000),
    },
    [["t", [256, 2], Q4_K]],
  );
  const { metadata, tensors } = parse(file.header, file.fileBytes);
  expect(Object.fromEntries(metadata)).toEqual({
    "a.text": "Gemma é",
    "a.count": 26,
    "a.fraction": 0.5,
    "a.flag": true,
    "a.tokens": { kind: "list", count: 2, numbers: null },
    "a.layers": { kind: "list", count: 2, numbers: [4, 8] },
    "a.flags": { kind: "list", count: 2, numbers: [1, 0] },
    "a.scores": { kind: "list", count: 2000, numbers: null },
    "a.template": { kind: "long-text", lengthBytes: 5000 },
  });
  expect(tensors).toEqual([
    { name: "t", dimensions: [256, 2], elementCount: 512, type: "Q4_K", sizeBytes: 288 },
  ]);
});

describe("what is no usable GGUF file is refused in words for people", () => {
  const tensor = (
    name: string,
    dimensions: readonly bigint[],
    type: number,
    offset = 0n,
  ): readonly Buffer[] => [
    text(name),
    u32(dimensions.length),
    ...dimensions.map(u64),
    u32(type),
    u64(offset),
  ];
  test.each<[string, Buffer, string]>([
    ["nothing", Buffer.alloc(0), "The file is empty. Download it again."],
    ["only the magic", Buffer.from("GGUF"), "cut short or damaged"],
    ["a web page", Buffer.from("<!DOCTYPE html>"), 'This is no GGUF file: it begins with "<!DO"'],
    ["control characters", Buffer.from([27, 91, 7, 0, 1]), 'it begins with "?[??"'],
    ["a Git LFS pointer", Buffer.from("version https://git-lfs.github.com/spec/v1\n"), "Git LFS pointer"],
    ["version 1", raw(1, [0n, 0n]), "version 1, which runtimes no longer read"],
    ["version 4", raw(4, [0n, 0n]), "version 4; versions 2 and 3 are known"],
    ["big-endian", raw(0x0300_0000, [0n, 0n]), "big-endian"],
    ["too many tensors", raw(3, [70_000n, 0n]), "it claims 70,000 tensors"],
    ["2^64 - 1 keys", raw(3, [0n, 2n ** 64n - 1n]), "metadata keys"],
    [
      "a key of 4 GB",
      raw(3, [0n, 1n], u64(4n * 2n ** 30n)),
      "key 1 of the metadata would be 4,294,967,296 bytes long",
    ],
    ["a text of 4 GB", raw(3, [0n, 1n], text("a"), u32(8), u64(4n * 2n ** 30n)), "cut short or damaged"],
    [
      "a negative length",
      raw(3, [0n, 1n], text("a"), u32(8), u64(2n ** 64n - 1n)),
      "more than 9,007,199,254,740,991",
    ],
    [
      "a list of 2^40",
      raw(3, [0n, 1n], text("a"), u32(9), u32(4), u64(2n ** 40n)),
      '"a" would be a list of 1,099,511,627,776',
    ],
    [
      "2^40 texts",
      raw(3, [0n, 1n], text("a"), u32(9), u32(8), u64(2n ** 40n)),
      '"a" would be a list of 1,099,511,627,776',
    ],
    ["a list of lists", raw(3, [0n, 1n], text("a"), u32(9), u32(9), u64(1n)), '"a" is a list of lists'],
    ["an unknown value", raw(3, [0n, 1n], text("a"), u32(99)), "of a type that does not exist (99)"],
    ["an unknown list", raw(3, [0n, 1n], text("a"), u32(9), u32(77), u64(1n)), "does not exist (77)"],
    [
      "no UTF-8",
      raw(3, [0n, 1n], text("a"), u32(8), u64(2), Buffer.from([0xc3, 0x28])),
      'the text of "a" is no UTF-8',
    ],
    [
      "a key that is no UTF-8",
      raw(3, [0n, 1n], u64(1), Buffer.from([0xff])),
      "key 1 of the metadata is no UTF-8",
    ],
    ["a key twice", raw(3, [0n, 2n], ARCHITECTURE, ARCHITECTURE), '"general.architecture" twice'],
    ["a long tensor name", table(text("x".repeat(65))), "a tensor's name would be 65 bytes long"],
    ["no dimension", table(text("t"), u32(0)), '"t" has 0 dimensions'],
    ["nine dimensions", table(text("t"), u32(9)), '"t" has 9 dimensions'],
    ["an empty dimension", table(...(tensor("t", [0n], F32) as [Buffer])), '"t" has an impossible size'],
    [
      "2^128 elements",
      table(...(tensor("t", [2n ** 63n, 2n ** 63n], F32) as [Buffer])),
      "an impossible size",
    ],
    [
      "an unknown type",
      table(...(tensor("t", [1n], 5) as [Buffer])),
      '"t" is of type 5, which Fitment does not know',
    ],
    [
      "broken blocks",
      table(...(tensor("t", [100n], Q4_K) as [Buffer])),
      "rows of 100, which Q4_K cannot hold",
    ],
    [
      "a gap",
      table(...(tensor("t", [1n], F32, 64n) as [Buffer])),
      '"t" does not lie behind the one before it',
    ],
    ["no weights", table(...(tensor("t", [1024n], F32) as [Buffer])), "bytes of its weights are missing"],
  ])("%s", (_, bytes, said) => {
    expect(() => parse(bytes)).toThrow(GgufError);
    expect(() => parse(bytes)).toThrow(said);
  });

  test("the same name twice", () => {
    const { header, fileBytes } = ggufFile({}, [
      ["t", [1], F32],
      ["t", [1], F32],
    ]);
    expect(() => parse(header, fileBytes)).toThrow('"t" is there twice');
  });

  test.each([0, 3, 100_000, "32"])("an alignment of %s", (alignment) => {
    const { header, fileBytes } = ggufFile({ "general.alignment": alignment }, []);
    expect(() => parse(header, fileBytes)).toThrow("its alignment is no power of two");
  });

  test("a download that stopped says how much is missing", () => {
    const { header, fileBytes } = llama3();
    expect(() => parse(header, fileBytes - 1_000_000)).toThrow("1,000,000 bytes of its weights are missing");
  });
});

test("a beginning that is too short asks for more of the file, up to a limit", () => {
  const header = raw(3, [0n, 1n], text("a"), u32(8), u64(2 ** 20));
  expect(() => parse(header, 4 * GIB)).toThrow(MoreBytesNeeded);
  const beyond = raw(3, [0n, 1n], text("a"), u32(8), u64(4 * GIB));
  expect(() => parse(beyond, 8 * GIB)).toThrow("The header goes on past 40 MiB");
});
