import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { loadMergedCatalog } from "#catalog/own/merged-catalog.ts";
import { saveOwnModel } from "#catalog/own/save-model.ts";
import { readSavedReport } from "#probe/saved-report.ts";
import { findTool } from "#probe/tool-path.ts";
import { readLimited } from "../../src/cli/read-limited.ts";
import { fixtureModel } from "../fixtures/model.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";

const SHIPPED = path.join(import.meta.dirname, "../../catalog");

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "fitment-faults-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("10,000 models of one's own are read, and the shipped ones stay", async () => {
  const folder = await temporaryFolder();
  const model = { ...fixtureModel("llama-3-8b"), id: "own-0" };
  const { file } = await saveOwnModel(folder, model);
  const content = JSON.parse(await readText(file)) as { models: { id: string }[] }; // as just written
  const [entry] = content.models;
  for (let index = 1; index < 10_000; index += 100) {
    const models = Array.from({ length: 100 }, (_, place) => ({ ...entry, id: `own-${index + place}` }));
    const last = models.filter(({ id }) => Number(id.slice(4)) < 10_000);
    await writeFile(
      path.join(folder, "models", `part-${index}.json`),
      JSON.stringify({ ...content, models: last }),
    );
  }
  const shipped = await loadMergedCatalog(SHIPPED, path.join(folder, "nowhere"));
  const merged = await loadMergedCatalog(SHIPPED, folder);
  expect(merged.models.length - shipped.models.length).toBe(10_000);
  expect(merged.problems).toEqual(shipped.problems);
}, 60_000);

test.each([
  ["nowhere", async (folder: string) => await Promise.resolve(path.join(folder, "nowhere"))],
  [
    "a file in its place",
    async (folder: string) => {
      await writeFile(path.join(folder, "file"), "");
      return path.join(folder, "file");
    },
  ],
  [
    "a link in a circle",
    async (folder: string) => {
      await symlink("circle", path.join(folder, "circle"));
      return path.join(folder, "circle");
    },
  ],
])("a catalog folder that is %s is a problem in words, not a throw", async (_name, placeIn) => {
  const folder = await temporaryFolder();
  const { models, problems } = await loadMergedCatalog(await placeIn(folder), path.join(folder, "none"));
  expect(models).toEqual([]);
  expect(problems.length).toBeGreaterThan(0);
  for (const { message } of problems) expect(message).toMatch(/\w+/);
});

test("a file larger than the limit is refused before it is in memory; an endless one too", async () => {
  const file = path.join(await temporaryFolder(), "large.json");
  await writeFile(file, "x".repeat(2_000));
  await expect(readLimited(file, 1_000)).rejects.toThrow("it is larger than");
  await expect(readLimited("/dev/zero", 1_000_000)).rejects.toThrow("it is larger than");
  expect(await readLimited(file, 2_000)).toHaveLength(2_000);
});

test("a machine file cannot reach an object's prototype", () => {
  const text = JSON.stringify(machineOf([namedCard("RTX 3090")], 64));
  const hostile = text.replace(
    /^\{/,
    '{"__proto__":{"isPolluted":true},"constructor":{"prototype":{"isPolluted":true}},',
  );
  const read = readSavedReport(JSON.parse(hostile));
  expect(read.kind).toBe("ok");
  expect(({} as Record<string, unknown>).isPolluted).toBeUndefined();
  const spread = read.kind === "ok" ? { ...read.machine } : {};
  expect((spread as Record<string, unknown>).isPolluted).toBeUndefined();
});

test("a tool in the working folder, or under a relative part of PATH, is not found", async () => {
  const folder = await temporaryFolder();
  await mkdir(path.join(folder, "bin"));
  for (const place of [folder, path.join(folder, "bin")]) {
    await writeFile(path.join(place, "fitment-hostile-tool"), "#!/bin/sh\n", { mode: 0o755 });
  }
  const before = process.cwd();
  process.chdir(folder);
  onTestFinished(() => process.chdir(before));
  for (const searchPath of ["", ".", "bin", ":", `./bin:${path.sep}nowhere`]) {
    const environment = { PATH: searchPath };
    expect(await findTool("fitment-hostile-tool", { platform: "linux", environment })).toBeNull();
  }
});

test("a tool of the system itself is taken from the system, whatever PATH says", async () => {
  const folder = await temporaryFolder();
  const planted = path.join(folder, "lscpu");
  await writeFile(planted, "#!/bin/sh\n", { mode: 0o755 });
  const environment = { PATH: `${folder}${path.delimiter}/usr/bin` };
  const systemsOwn = ["/usr/bin/lscpu", "/usr/sbin/lscpu", "/bin/lscpu"].find((file) => existsSync(file));
  expect(await findTool("lscpu", { platform: "linux", environment })).toBe(systemsOwn ?? planted);
});

async function readText(file: string): Promise<string> {
  return await readLimited(file, 1_000_000);
}
