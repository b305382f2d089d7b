import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { folderFiles } from "#catalog/bundle.ts";
import { catalogStore } from "#catalog/store.ts";
import { writeWholeFile } from "#catalog/write-file.ts";
import { writeGguf } from "../catalog/gguf/gguf-file.ts";
import { gemma3 } from "../catalog/gguf/models.ts";
import type { ModelCounts } from "../../src/cli/output/catalog-counts.ts";
import { runFitment, type Ran } from "./terminal.ts";

const SHIPPED_FOLDER = path.resolve(import.meta.dirname, "../../catalog");

let folder = "";
let server: Server | null = null;
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "fitment-catalog-command-"));
});
afterEach(async () => {
  server?.close();
  server = null;
  await rm(folder, { recursive: true, force: true });
});

/** A command line with a data folder of its own, as on a person's computer. */
async function fitment(...words: readonly string[]): Promise<Ran> {
  const env = { FITMENT_DATA_DIR: path.join(folder, "data") };
  const store = catalogStore(SHIPPED_FOLDER, { platform: "linux", homeFolder: folder, env });
  const readText = (file: string): Promise<string> => readFile(file, "utf8");
  return await runFitment(words, {
    surroundings: { ...store, readFile: readText, writeFile: writeWholeFile },
  });
}

async function served(text: string): Promise<string> {
  const started = createServer((_request, response) =>
    response.writeHead(200, { "content-length": Buffer.byteLength(text) }).end(text),
  );
  server = started;
  await new Promise<void>((done) => started.listen(0, "127.0.0.1", done));
  const address = started.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}/`;
}

describe("fitment catalog refresh", () => {
  test("takes a newer catalog, says so, and goes back", async () => {
    const { files } = await folderFiles(SHIPPED_FOLDER);
    const bundle = { kind: "fitment-catalog", formatVersion: 1, date: "2099-01-01", files };
    const address = await served(JSON.stringify(bundle));
    const refreshed = await fitment("catalog", "refresh", "--from", address);
    expect(refreshed.exitCode).toBe(0);
    expect(refreshed.stdout).toMatch(/^The catalog is of 2099-01-01 now; it was of \d{4}-\d\d-\d\d\./);
    expect(refreshed.stderr).toContain(`Reading ${address}`);
    expect(refreshed.stderr).toMatch(/(\d\.\d) GB of \1 GB\n$/);
    expect((await fitment("catalog", "date")).stdout).toBe("2099-01-01\n");
    expect((await fitment("catalog", "check")).exitCode).toBe(0);

    const again = await fitment("catalog", "refresh");
    expect(again).toMatchObject({ exitCode: 1, stdout: "" });
    expect(again.stderr).toContain("not newer than yours of 2099-01-01");
    const undone = await fitment("catalog", "refresh", "--undo");
    expect(undone.stdout).toMatch(/^Back to the shipped catalog of 20\d\d-\d\d-\d\d\.\n$/);
    expect((await fitment("catalog", "refresh", "--undo", "--json")).stdout).toContain('"wasUndone":false');
  });

  test.each([
    [["refresh"], 1, "Nobody has said where newer catalogs come from"],
    [["refresh", "--from", "ftp://example.org/x"], 1, "ftp://example.org/x is no https: address."],
    [["refresh", "--from", "x", "--undo"], 2, "--undo takes nothing else"],
    [["check", "--undo"], 2, "belong to catalog refresh"],
    [["refresh", "now"], 2, "catalog takes check or date."],
  ])("%j", async (words, exitCode, said) => {
    const ran = await fitment("catalog", ...words);
    expect(ran.exitCode).toBe(exitCode);
    expect(ran.stderr).toContain(said);
  });
});

describe("the person's own catalog", () => {
  test("goes out, is taken out, and comes in again", async () => {
    const file = path.join(folder, "mine.json");
    await writeGguf(path.join(folder, "gemma.gguf"), gemma3());
    await fitment("add", path.join(folder, "gemma.gguf"));
    expect((await fitment("catalog", "export", file)).stdout).toContain(`Wrote one file to ${file}.`);
    expect((await fitment("catalog", "remove", "gemma")).stdout).toContain("Removed gemma (");
    expect((await fitment("model", "gemma")).exitCode).toBe(2);
    expect((await fitment("catalog", "import", file)).stdout).toContain(
      "Added one file, replaced 0 files in",
    );
    expect((await fitment("model", "gemma")).stdout).toContain("From your own catalog.");
  });

  test.each([
    [["export"], 2, "catalog export takes a file."],
    [["remove"], 2, "catalog remove takes the id of an own model."],
    [["remove", "llama-3-8b"], 1, 'Your own catalog has no model "llama-3-8b".'],
    [["export", "x.json"], 1, "Your own catalog is empty"],
    [["import", "gone.json"], 1, "gone.json cannot be read"],
    [["import", path.join(SHIPPED_FOLDER, "catalog.json")], 1, "This is no exported catalog"],
  ])("%j", async (words, exitCode, said) => {
    const ran = await fitment("catalog", ...words);
    expect(ran).toMatchObject({ exitCode, stdout: "" });
    expect(ran.stderr).toContain(said);
  });
});

test("a catalog is bundled to one file, which another Fitment refreshes from to the same", async () => {
  const file = path.join(folder, "catalog.json");
  const bundled = await fitment("catalog", "bundle", file);
  expect(bundled.stdout).toMatch(/^Wrote the catalog of \d{4}-\d\d-\d\d, \d+ files, to /);
  const { files } = await folderFiles(SHIPPED_FOLDER);
  const written = JSON.parse(await readFile(file, "utf8")) as { date: string; files: unknown }; // our own file
  expect(written.files).toEqual(files);
  expect(Object.keys(files)).toContain("licences/licences.json");
  const address = await served(JSON.stringify({ ...written, date: "2099-01-01" }));
  expect((await fitment("catalog", "refresh", "--from", address)).exitCode).toBe(0);
  expect((await fitment("catalog", "date")).stdout.trim()).toBe("2099-01-01");
  expect((await fitment("catalog", "check")).stdout).toContain("317 models");
});

test("check counts what is known of models and accelerators, and of each family", async () => {
  const { stdout } = await fitment("catalog", "check", "--json");
  const { details } = JSON.parse(stdout) as {
    details: { all: Record<string, number>; families: Record<string, Record<string, number>> };
  }; // our own answer
  const sum = (key: string): number =>
    Object.values(details.families).reduce((total, family) => total + (family[key] ?? 0), 0);
  for (const [key, count] of Object.entries(details.all)) expect(sum(key), key).toBe(count);
  expect(details.all).toMatchObject({ models: 317, withArchitecture: 282 });
});

test("a bundle needs a file's name", async () => {
  const { exitCode, stderr } = await fitment("catalog", "bundle");
  expect([exitCode, stderr.includes("catalog bundle takes a file.")]).toEqual([2, true]);
});

test("check --verbose counts each family in words", async () => {
  const lines = (await fitment("catalog", "check", "--verbose")).stdout.split("\n");
  expect(lines.filter((line) => /^ {2}.+: \d+ models?; \d+ tensor by tensor, /.test(line))).toHaveLength(107);
  expect((await fitment("catalog", "check")).stdout).not.toContain("  Apertus: 1 model;");
  const { exitCode, stderr } = await fitment("catalog", "date", "--verbose");
  expect([exitCode, stderr.includes("--verbose belongs to catalog check.")]).toEqual([2, true]);
});

test("check counts languages and what replaces what, in each family as in all", async () => {
  const { details } = JSON.parse((await fitment("catalog", "check", "--json")).stdout) as {
    details: { all: ModelCounts; families: Readonly<Record<string, ModelCounts>> };
  }; // our own answer
  expect(details.families["Llama 3.1"]).toMatchObject({
    models: 3,
    withLanguages: 3,
    superseding: 2,
    superseded: 0,
  });
  expect(details.families["Llama 3"]).toMatchObject({ superseding: 0, superseded: 2 });
  for (const what of ["models", "withLanguages", "superseding", "superseded"] as const) {
    const sum = Object.values(details.families).reduce((total, family) => total + family[what], 0);
    expect(sum).toBe(details.all[what]);
  }
  const verbose = (await fitment("catalog", "check", "--verbose")).stdout;
  expect(verbose).toMatch(
    /^ {2}Llama 3\.1: 3 models; .* 3 with their languages, 2 that replace others, 0 that are replaced, /m,
  );
});

test("check names the models whose sources are furthest apart, and how each was decided", async () => {
  const { sourceDisagreements } = JSON.parse((await fitment("catalog", "check", "--json")).stdout) as {
    sourceDisagreements: readonly Record<string, unknown>[];
  }; // our own answer
  expect(sourceDisagreements.map(({ modelId, stated, other }) => [modelId, stated, other])).toEqual([
    ["olmo-3-7b", 7_298_011_136, 528_384],
    ["deepseek-v4-pro", 1_600_000_000_000, 862_000_000_000],
    ["deepseek-v4-flash", 284_000_000_000, 158_000_000_000],
    ["phi-3.5-moe", 41_873_153_344, 60_000_000_000],
    ["llama-3.2-1b", 1_235_814_400, 1_498_482_688],
  ]);
  for (const { note } of sourceDisagreements) expect(note).toContain(" Decided ");
});
