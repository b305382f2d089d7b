import fc from "fast-check";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkModelFile } from "#catalog/schema.ts";
import { GgufError } from "#catalog/gguf/header.ts";
import { idOf, modelOfGguf } from "#catalog/gguf/model.ts";
import { readGgufModel } from "#catalog/gguf/read-parts.ts";
import { id as idSchema } from "#catalog/fact-schema.ts";
import { text, u32, u64, type GgufFile } from "./gguf-file.ts";
import { deepseekV2Lite, gemma3, gptOss, llama3, qwen2 } from "./models.ts";

/** "A clear message within a second", of the processor's time: what else runs on the machine is not counted. */
const SECOND_MICROSECONDS = 1_000_000;
const MIB = 1024 ** 2;

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-hostile-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function writeHostile(bytes: Uint8Array, fileBytes: number): Promise<string> {
  const file = path.join(folder, "hostile.gguf");
  await writeFile(file, bytes);
  const handle = await open(file, "r+");
  await handle.truncate(fileBytes);
  await handle.close();
  return file;
}

async function outcomeOf(bytes: Uint8Array, fileBytes: number): Promise<"model" | "refused"> {
  return await outcomeOfFile(await writeHostile(bytes, fileBytes));
}

/** Adds the file as `fitment add` would: a model that passes the schema, or a GgufError; anything else is a bug. */
async function outcomeOfFile(file: string): Promise<"model" | "refused"> {
  try {
    const { family, developer, origin, ...entry } = modelOfGguf(await readGgufModel([file]));
    const checked = checkModelFile("own.json", { family, developer, models: [entry] });
    expect([origin, checked.problems]).toEqual(["own", []]);
    return "model";
  } catch (error) {
    if (!(error instanceof GgufError)) throw error;
    expect(error.message).toMatch(/^[^\p{C}]{10,600}$/u);
    return "refused";
  }
}

const FILES: readonly (readonly [string, GgufFile])[] = [
  ["llama", llama3()],
  ["qwen2", qwen2()],
  ["gemma3", gemma3()],
  ["deepseek2", deepseekV2Lite()],
  ["gpt-oss", gptOss()],
];

describe.each(FILES)("a damaged %s file is refused or read, and never breaks", (_, { header, fileBytes }) => {
  const start = fc.integer({ min: 0, max: header.length - 1 });

  test("bytes changed", async () => {
    const change = fc.tuple(start, fc.integer({ min: 0, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 8 }), async (changes) => {
        const bytes = Buffer.from(header);
        for (const [at, value] of changes) bytes[at] = value;
        await outcomeOf(bytes, fileBytes);
      }),
      { numRuns: 30 },
    );
  });

  test("counts and lengths blown up", async () => {
    const value = fc.constantFrom(0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n, 2n ** 63n, 2n ** 64n - 1n);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 8, max: header.length - 8 }), value, async (at, count) => {
        const bytes = Buffer.from(header);
        bytes.writeBigUInt64LE(count, at);
        await outcomeOf(bytes, fileBytes);
      }),
      { numRuns: 30 },
    );
  });

  test("cut anywhere: never a model", async () => {
    await fc.assert(
      fc.asyncProperty(start, async (length) => {
        expect(await outcomeOf(header.subarray(0, length), length)).toBe("refused");
      }),
      { numRuns: 20 },
    );
  });

  test("parts taken out or put in twice", async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.integer({ min: 1, max: 200 }), fc.boolean(), async (at, length, isTaken) => {
        const part = header.subarray(at, at + length);
        const rest = header.subarray(isTaken ? at + length : at);
        const between = isTaken ? [] : [part];
        await outcomeOf(Buffer.concat([header.subarray(0, at), ...between, rest]), fileBytes);
      }),
      { numRuns: 20 },
    );
  });
});

test("whatever is no GGUF file is refused", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), fc.boolean(), async (bytes, hasMagic) => {
      const content = hasMagic ? Buffer.concat([Buffer.from("GGUF"), u32(3), bytes]) : bytes;
      expect(await outcomeOf(content, content.length)).toBe("refused");
    }),
    { numRuns: 200 },
  );
});

test.each<[string, Buffer, string]>([
  ["nothing", Buffer.alloc(0), "The file is empty."],
  ["zeros", Buffer.alloc(2000), "it begins with zeros, as a download does that is not done yet."],
  ["ones", Buffer.alloc(2000, 0xff), "This is no GGUF file: it begins with"],
  [
    "2^60 tensors",
    Buffer.concat([Buffer.from("GGUF"), u32(3), u64(2n ** 60n), u64(1)]),
    "it claims more than 9,007,199,254,740,991 tensors.",
  ],
])("a file of %s is refused with that reason", async (_title, content, said) => {
  const file = await writeHostile(content, content.length);
  await expect(readGgufModel([file])).rejects.toThrow(said);
});

describe("files made to cost time or memory are refused within a second and 200 MiB", () => {
  const beginning = (keys: number): Buffer => Buffer.concat([Buffer.from("GGUF"), u32(3), u64(0), u64(keys)]);
  const listOf = (type: number, count: number | bigint): Buffer =>
    Buffer.concat([text("a"), u32(9), u32(type), u64(count)]);
  const manyKeys = Array.from({ length: 4000 }, (_, index) => [
    text(`key.${index}`),
    u32(8),
    text("x".repeat(4000)),
  ]);

  const emptyLists = ["a", "b"].flatMap((key) => [
    Buffer.concat([text(key), u32(9), u32(8), u64(4_000_000)]),
    Buffer.alloc(8 * 4_000_000),
  ]);

  test.each<[string, Buffer, number]>([
    ["a list of 2^60 texts in 16 GiB", Buffer.concat([beginning(1), listOf(8, 2n ** 60n)]), 16_384],
    ["lists of 4,000,000 empty texts", Buffer.concat([beginning(9), ...emptyLists]), 80],
    ["a list of 2^33 bytes in 16 GiB", Buffer.concat([beginning(1), listOf(0, 2n ** 33n)]), 16_384],
    ["a text of 4 GiB in 16 GiB", Buffer.concat([beginning(1), text("a"), u32(8), u64(2n ** 32n)]), 16_384],
    ["4,000 texts of 4 KB", Buffer.concat([beginning(4000), ...manyKeys.flat()]), 64],
  ])("%s", async (_, bytes, fileMiB) => {
    const file = await writeHostile(bytes, fileMiB * MIB);
    const memoryBefore = process.memoryUsage.rss();
    const cpuBefore = process.cpuUsage();
    expect(await outcomeOfFile(file)).toBe("refused");
    const { user, system } = process.cpuUsage(cpuBefore);
    expect(user + system).toBeLessThan(SECOND_MICROSECONDS);
    expect(process.memoryUsage.rss() - memoryBefore).toBeLessThan(200 * MIB);
  });
});

test("every file name gives an id that the catalog takes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), (name) => {
      expect(idSchema.safeParse(idOf(`${name}.gguf`)).success).toBe(true);
    }),
  );
});

test.each([
  ["Llama-3.1-8B.Q4_K_M.gguf", "llama-3.1-8b.q4-k-m"],
  ["Qwen3-235B-A22B-UD-Q4_K_XL-00001-of-00003.gguf", "qwen3-235b-a22b-ud-q4-k-xl"],
  ["..gguf", "own-model"],
  ["模型.gguf", "own-model-98fd0cbd"],
  ["型模.gguf", "own-model-f48b2b3a"],
  ["模型-7B.gguf", "7b-a9b4d5a2"],
  ["Modèle-7B.gguf", "modele-7b"],
  ["-a--b..c-.gguf", "a-b.c"],
])("%s is %s", (fileName, id) => {
  expect(idOf(fileName)).toBe(id);
});
