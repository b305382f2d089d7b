import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type RequestListener, type Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderFiles } from "#catalog/bundle.ts";
import { readCatalogDate } from "#catalog/catalog-date.ts";
import { allowedAddress } from "#catalog/refresh/fetch-text.ts";
import {
  activeFolder,
  type CatalogFolders,
  readCatalogState,
  refreshCatalog,
  type RefreshResult,
  undoRefresh,
} from "#catalog/refresh/refreshed-catalog.ts";

const SHIPPED_FOLDER = path.resolve(import.meta.dirname, "../../../catalog");
const NEWER = "2099-01-01";

const shippedFiles = await folderFiles(SHIPPED_FOLDER);
const shippedDate = await readCatalogDate(SHIPPED_FOLDER);

let folders: CatalogFolders;
let server: Server | null = null;
beforeEach(async () => {
  const ownFolder = await mkdtemp(path.join(os.tmpdir(), "fitment-refresh-"));
  folders = { shippedFolder: SHIPPED_FOLDER, ownFolder, environmentAddress: null };
});
afterEach(async () => {
  server?.close();
  server = null;
  await rm(folders.ownFolder, { recursive: true, force: true });
});

/** Serves on this computer; answers the address. */
async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  const address = started.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}/catalog.json`;
}

const serveText = (text: string): Promise<string> => serve((_request, response) => response.end(text));

function bundle(change: object = {}): string {
  return JSON.stringify({
    kind: "fitment-catalog",
    formatVersion: 1,
    date: NEWER,
    files: shippedFiles.files,
    ...change,
  });
}

async function refresh(
  address: string | null,
  signal = new AbortController().signal,
): Promise<RefreshResult> {
  return await refreshCatalog(folders, { address, onProgress: () => undefined, signal });
}

function failure(result: RefreshResult): string {
  return result.kind === "failed" ? result.message : `a catalog of ${result.date}`;
}

test("a newer catalog is kept beside the shipped one, used, and undone", async () => {
  const address = await serveText(bundle());
  const progress: number[] = [];
  const result = await refreshCatalog(folders, {
    address,
    onProgress: (receivedBytes) => void progress.push(receivedBytes),
    signal: new AbortController().signal,
  });
  expect(result).toEqual({ kind: "ok", date: NEWER, dateBefore: shippedDate });
  expect(progress.at(-1)).toBe(Buffer.byteLength(bundle()));
  expect(await activeFolder(folders)).toBe(path.join(folders.ownFolder, "refreshed"));
  expect(await readCatalogState(folders)).toEqual({ date: NEWER, shippedDate, isRefreshed: true, address });

  expect(await undoRefresh(folders)).toBe(true);
  expect(await activeFolder(folders)).toBe(SHIPPED_FOLDER);
  expect(await readCatalogState(folders)).toEqual({
    date: shippedDate,
    shippedDate,
    isRefreshed: false,
    address,
  });
  expect(await undoRefresh(folders)).toBe(false);
});

test("the address is kept for the next time", async () => {
  await refresh(await serveText(bundle()));
  expect(failure(await refresh(null))).toContain("not newer");
});

test("an app that ships a newer catalog than the refreshed one uses its own", async () => {
  await mkdir(path.join(folders.ownFolder, "refreshed"));
  await writeFile(path.join(folders.ownFolder, "refreshed/catalog.json"), '{"date":"2020-01-01"}');
  expect(await activeFolder(folders)).toBe(SHIPPED_FOLDER);
});

describe("what goes wrong is said, and the catalog at hand stays", () => {
  const withFile = (place: string, json: unknown): string =>
    bundle({ files: { ...shippedFiles.files, [place]: json } });

  test.each<[string, string, string]>([
    ["no JSON", "<html>", "is no catalog (it is not JSON)"],
    ["another file", '{"kind":"other"}', "is no catalog (kind:"],
    ["a later format", bundle({ formatVersion: 2 }), "a later format needs a later Fitment"],
    ["no day", bundle({ date: "soon" }), "is no catalog (date:"],
    ["the same day", bundle({ date: shippedDate }), "not newer than yours"],
    ["an older one", bundle({ date: "2020-01-01" }), "not newer than yours"],
    ["a broken entry", withFile("models/x.json", { models: [] }), "is broken: models/x.json: family"],
    ["a broken quality file", withFile("quality/index/chat.json", {}), "is broken: quality/index/chat.json"],
    ["a place outside", withFile("../../evil.json", {}), "expected each file at a place such as"],
    ["a hidden place", withFile("models/../../../evil.json", {}), "expected each file at a place such as"],
    [
      "too little",
      bundle({ files: { "models/x.json": { family: "X", developer: "X", models: [] } } }),
      "is broken: hardware",
    ],
    [
      "an own catalog",
      JSON.stringify({ kind: "fitment-own-catalog", formatVersion: 1, files: { "models/x.json": {} } }),
      "import it instead",
    ],
  ])("%s", async (_why, text, said) => {
    expect(failure(await refresh(await serveText(text)))).toContain(said);
    expect(await activeFolder(folders)).toBe(SHIPPED_FOLDER);
    expect(await readdir(folders.ownFolder)).toEqual([]);
  });

  test.each([
    [404, "There is no file at http://127.0.0.1"],
    [403, "refuses the file (403)"],
    [429, "answered 429 and sent no file"],
    [500, "answered 500 and sent no file"],
  ])("the server answers %d", async (status, said) => {
    const address = await serve((_request, response) => response.writeHead(status).end());
    expect(failure(await refresh(address))).toContain(said);
  });

  test("no network", async () => {
    const address = await serveText("");
    const closed = new Promise((done) => server?.close(done));
    await closed;
    expect(failure(await refresh(address))).toMatch(
      /cannot be reached: nothing answers there\. Is there a network\?/,
    );
  });

  test("the line goes dead in the middle", async () => {
    const address = await serve((request, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("{", () => request.socket.destroy());
    });
    expect(failure(await refresh(address))).toContain("cannot be reached");
  });

  test("cancelled", async () => {
    const cancel = new AbortController();
    const address = await serve((_request, response) => {
      response.write("{", () => cancel.abort());
    });
    expect(await refresh(address, cancel.signal)).toEqual({
      kind: "failed",
      message: "Cancelled; nothing was changed.",
    });
  });

  test("a redirect to another computer without https is not followed", async () => {
    const address = await serve((_request, response) =>
      response.writeHead(302, { location: "http://example.org/catalog.json" }).end(),
    );
    expect(failure(await refresh(address))).toBe("http://example.org/catalog.json is no https: address.");
  });

  test("nobody said where from", async () => {
    expect(failure(await refresh(null))).toContain("Nobody has said");
  });

  test("a data folder that cannot be written", async () => {
    const file = path.join(folders.ownFolder, "file");
    await writeFile(file, "");
    folders = { ...folders, ownFolder: file };
    expect(failure(await refresh(await serveText(bundle())))).toContain("cannot be kept in");
    folders = { ...folders, ownFolder: path.dirname(file) };
    expect(await readFile(file, "utf8")).toBe("");
  });
});

test.each([
  ["https://example.org/catalog.json", true],
  ["http://localhost:8080/catalog.json", true],
  ["http://[::1]/catalog.json", true],
  ["http://example.org/catalog.json", false],
  ["http://localhost.example.org/", false],
  ["file:///etc/passwd", false],
  ["catalog.json", false],
])("%s may be read: %s", (address, isAllowed) => {
  expect(allowedAddress(address) !== null).toBe(isAllowed);
});
