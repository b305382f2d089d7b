import { afterEach, expect, test } from "vitest";
import { readGgufSources } from "#catalog/gguf/read-parts.ts";
import type { HubAccess } from "#catalog/hub/hub-fetch.ts";
import { remoteSource } from "#catalog/hub/remote-file.ts";
import type { Repository } from "#catalog/hub/repository.ts";
import { F32, ggufFile, type GgufFile } from "../gguf/gguf-file.ts";
import { REVISION, startHub, type Fault, type HubServer } from "./hub-server.ts";

const MEBIBYTE = 1024 ** 2;
const TOKENS = Array.from({ length: 60_000 }, (_, index) => `a token with the number ${index}`);
const LONG = ggufFile({ tokens: TOKENS, last: 7 }, [["a", [2 * MEBIBYTE], F32]]);

let hub: HubServer | null = null;
afterEach(async () => {
  await hub?.stop();
});

async function read(files: Readonly<Record<string, GgufFile>>, faults?: Readonly<Record<string, Fault>>) {
  hub = await startHub({ "acme/Model": { files } }, faults);
  const settings = { endpoint: hub.endpoint, token: null, timeoutMs: 10_000 };
  const access: HubAccess = { settings, signal: new AbortController().signal };
  const repository: Repository = {
    id: "acme/Model",
    revision: REVISION,
    files: [],
    licence: null,
    task: null,
    safetensorsParameterCount: null,
  };
  return await readGgufSources(
    Object.entries(files).map(([path, { fileBytes }]) =>
      remoteSource({ path, fileBytes }, repository, access),
    ),
  );
}

const ranges = (): readonly string[] => (hub?.asked ?? []).map((line) => line.split(" ").at(-1) ?? "");

test("a header longer than the first read is gone on with, and no byte is asked for twice", async () => {
  const { metadata } = await read({ "long.gguf": LONG });
  expect(metadata.get("last")).toBe(7);
  expect(ranges()).toEqual([`bytes=0-${MEBIBYTE - 1}`, `bytes=${MEBIBYTE}-${4 * MEBIBYTE - 1}`]);
});

test("the parts of a split model are one model, and of each only the beginning is read", async () => {
  const part = (number: number): GgufFile =>
    ggufFile({ "split.no": number, "split.count": 2 }, [[`t${number}`, [4 * MEBIBYTE], F32]]);
  const { fileName, tensors } = await read({
    "big-00001-of-00002.gguf": part(0),
    "big-00002-of-00002.gguf": part(1),
  });
  expect(fileName).toBe("big-00001-of-00002.gguf");
  expect(tensors.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
    ["t0", 16 * MEBIBYTE],
    ["t1", 16 * MEBIBYTE],
  ]);
  expect(ranges()).toEqual([`bytes=0-${MEBIBYTE - 1}`, `bytes=0-${MEBIBYTE - 1}`]);
});

test.each<readonly [string, Fault, string]>([
  ["the whole file", { status: 200, headers: { "Content-Length": "8388608" } }, "parts of files"],
  [
    "too little",
    { status: 206, headers: { "Content-Range": "bytes 0-3/9" }, body: "GGUF" },
    "parts of files",
  ],
  [
    "another part",
    { status: 206, headers: { "Content-Range": "bytes 5-8/9" }, body: "GGUF" },
    "parts of files",
  ],
  ["nothing", { status: 404, headers: { "X-Error-Code": "EntryNotFound" } }, "has no such file"],
])("a server that sends %s for a part is refused", async (_title, fault, said) => {
  await expect(read({ "long.gguf": LONG }, { "/acme/Model/resolve": fault })).rejects.toThrow(said);
});
