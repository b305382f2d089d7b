import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { GgufError } from "#catalog/gguf/header.ts";
import { readGgufModel } from "#catalog/gguf/read-parts.ts";
import { F32, ggufFile, writeGguf, type Metadata } from "./gguf-file.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-parts-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const inFolder = (name: string): string => path.join(folder, name);
const partName = (number: number): string => inFolder(`big-0000${number}-of-00003.gguf`);

async function writePart(number: number, tensor: string, metadata: Metadata = {}): Promise<void> {
  const split = { "split.no": number - 1, "split.count": 3, "split.tensors.count": 3 };
  await writeGguf(partName(number), ggufFile({ ...split, ...metadata }, [[tensor, [8], F32]]));
}

async function writeThreeParts(): Promise<void> {
  await writePart(1, "a", { "general.architecture": "llama" });
  await writePart(2, "b");
  await writePart(3, "c");
}

test("one part stands for all that lie beside it", async () => {
  await writeThreeParts();
  const model = await readGgufModel([partName(2)]);
  expect(model.fileName).toBe("big-00001-of-00003.gguf");
  expect(model.metadata.get("general.architecture")).toBe("llama");
  expect(model.tensors.map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

test("parts come in any order", async () => {
  await writeThreeParts();
  const { tensors } = await readGgufModel([partName(3), partName(1), partName(2)]);
  expect(tensors.map(({ name }) => name)).toEqual(["a", "b", "c"]);
});

test("a header longer than the first read is read whole", async () => {
  const tokens = Array.from({ length: 60_000 }, (_, index) => `a token with the number ${index}`);
  await writeGguf(inFolder("long.gguf"), ggufFile({ tokens, last: 7 }, [["a", [8], F32]]));
  const { metadata } = await readGgufModel([inFolder("long.gguf")]);
  expect([metadata.get("last"), metadata.get("tokens")]).toEqual([
    7,
    { kind: "list", count: 60_000, numbers: null },
  ]);
});

test("a missing part is named", async () => {
  await writeThreeParts();
  await rm(partName(2));
  await expect(readGgufModel([partName(1)])).rejects.toThrow(
    /^big-00001-of-00003\.gguf: The model is split into 3 files, and big-00002-of-00003\.gguf does not lie/,
  );
  await expect(readGgufModel([partName(1), partName(3)])).rejects.toThrow(
    "split into 3 files; part 2 is missing.",
  );
  await writeThreeParts();
  await expect(readGgufModel([1, 2, 2, 3].map(partName))).rejects.toThrow(
    "3 files; one of them was given twice.",
  );
});

test("parts may end in capitals", async () => {
  await writeThreeParts();
  const capitals = (number: number): string => partName(number).replace(/gguf$/, "GGUF");
  await Promise.all([1, 2, 3].map((number) => rename(partName(number), capitals(number))));
  expect((await readGgufModel([capitals(2)])).tensors).toHaveLength(3);
});

test("files that are no parts of one model are refused", async () => {
  await writeGguf(inFolder("one.gguf"), ggufFile({}, [["a", [8], F32]]));
  await writeGguf(inFolder("two.gguf"), ggufFile({}, [["b", [8], F32]]));
  const both = [inFolder("one.gguf"), inFolder("two.gguf")];
  await expect(readGgufModel(both)).rejects.toThrow("no parts of one model");
  await writeThreeParts();
  await expect(readGgufModel([partName(1), inFolder("two.gguf")])).rejects.toThrow(
    "parts of different models",
  );
  await writePart(3, "a");
  await expect(readGgufModel([partName(1)])).rejects.toThrow("the same tensors twice");
});

test.skipIf(process.platform === "win32")("a name that would steer a terminal does not", async () => {
  const file = inFolder("red\u001b[31m\n.gguf");
  await writeGguf(file, ggufFile({}, [["a", [8], F32]]));
  expect((await readGgufModel([file])).fileName).toBe("red?[31m?.gguf");
});

test("of several files that cannot be read each is named with its own reason", async () => {
  await writeFile(inFolder("text.gguf"), "GGML, of old");
  await writeFile(inFolder("zeros.gguf"), Buffer.alloc(64));
  await writeGguf(inFolder("good.gguf"), ggufFile({}, [["a", [8], F32]]));
  const files = ["text.gguf", "good.gguf", "zeros.gguf"].map(inFolder);
  const message = await readGgufModel(files).then(
    () => "read",
    (error: unknown) => (error instanceof GgufError ? error.message : "no GgufError"),
  );
  expect(message.split("\n")).toEqual([
    expect.stringMatching(/^text\.gguf: This is no GGUF file: it begins with "GGML/),
    expect.stringMatching(/^zeros\.gguf: This is no GGUF file: it begins with zeros/),
  ]);
});

test("a folder is no file", async () => {
  await mkdir(inFolder("folder.gguf"));
  await expect(readGgufModel([inFolder("folder.gguf")])).rejects.toThrow(
    new GgufError("folder.gguf: It is a folder: name the file in it."),
  );
});

test.runIf(process.platform === "linux")("a pipe that nobody writes to is not waited for", async () => {
  execFileSync("mkfifo", [inFolder("pipe.gguf")]);
  await expect(readGgufModel([inFolder("pipe.gguf")])).rejects.toThrow(
    "pipe.gguf: It is no file but a device or a pipe.",
  );
});
