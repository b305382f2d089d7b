import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { writeWholeFile } from "../../src/catalog/write-file.ts";
import {
  forgetNamedMachine,
  keepNamedMachine,
  listNamedMachines,
  namedMachineFile,
  readNamedMachine,
} from "../../src/probe/named-machines.ts";
import { machineOf, namedCard } from "../fixtures/machine.ts";

const MACHINE = machineOf([namedCard("RTX 3090")], 64);

let dataFolder = "";

beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), "fitment-machines-"));
});
afterEach(() => rm(dataFolder, { recursive: true, force: true }));

function keep(name: string): Promise<string | null> {
  return keepNamedMachine({ dataFolder, name, machine: MACHINE, writeFile: writeWholeFile });
}

test("a machine is kept, listed, read and forgotten by its name", async () => {
  expect(await listNamedMachines(dataFolder)).toEqual([]);
  expect(await keep("Work station (2)")).toBeNull();
  expect(await keep("büro")).toBeNull();
  expect(await listNamedMachines(dataFolder)).toEqual(["büro", "Work station (2)"]);
  expect(await readNamedMachine(dataFolder, "büro")).toEqual({ kind: "ok", machine: MACHINE });
  await forgetNamedMachine(dataFolder, "büro");
  expect(await listNamedMachines(dataFolder)).toEqual(["Work station (2)"]);
  expect(await readNamedMachine(dataFolder, "büro")).toEqual({
    kind: "failed",
    message: "there is none of that name",
  });
});

test("a machine takes the place of one that had its name, and leaves nothing else behind", async () => {
  await keep("lab");
  const other = machineOf([], 16);
  await keepNamedMachine({ dataFolder, name: "lab", machine: other, writeFile: writeWholeFile });
  expect(await readNamedMachine(dataFolder, "lab")).toEqual({ kind: "ok", machine: other });
  expect(await readdir(path.join(dataFolder, "machines"))).toEqual(["lab.json"]);
});

test.each([
  ["not JSON", "{", "it is not JSON"],
  ["no machine", '{"schemaVersion":1}', "os: "],
  ["another version", '{"schemaVersion":2}', "schemaVersion: "],
])("a file that is %s is kept aside, unchanged", async (_what, content, why) => {
  const folder = path.join(dataFolder, "machines");
  await mkdir(folder);
  await writeFile(path.join(folder, "lab.json"), content);
  const read = await readNamedMachine(dataFolder, "lab");
  expect(read).toEqual({ kind: "failed", message: expect.stringContaining(why) as string });
  expect(read.kind === "failed" ? read.message : "").toContain("kept aside as lab.json.broken");
  expect(await readFile(path.join(folder, "lab.json.broken"), "utf8")).toBe(content);
  expect(await listNamedMachines(dataFolder)).toEqual([]);
});

test.each([
  "",
  " ",
  ".",
  "..",
  "../lab",
  "a/b",
  "a\\b",
  "C:lab",
  ".hidden",
  "lab.",
  "lab ",
  "con",
  "NUL.x",
  "x".repeat(61),
])("%j is no name", async (name) => {
  expect(namedMachineFile(dataFolder, name)).toBeNull();
  expect(await keep(name)).toMatch(/letters, digits/);
  expect(await readdir(dataFolder)).toEqual([]);
});
