import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSettingsFile, writeSettingsFile } from "../../src/main/settings-file.ts";
import { settingsFaultText } from "../../src/main/settings-fault.ts";
import { migrate, NO_SETTINGS, readHardwareChange, readScenario } from "../../src/main/settings-schema.ts";
import { settingsStore } from "../../src/main/settings.ts";

const WINDOW = { x: 10, y: 20, width: 1000, height: 700, isMaximized: false };
const SETTINGS = {
  window: WINDOW,
  scenario: { contextLength: 4096, flashAttention: true },
  language: "ja" as const,
  hardware: {
    leftOutIds: ["0000:01:00.0"],
    added: ["2x RTX 3090"],
    ram: "64GiB",
    freeById: { "0000:02:00.0": "20GiB" },
    processor: { name: null, cores: "16", ramBandwidth: null },
  },
};
const OTHER = { window: null, scenario: { contextLength: 8192 }, language: null, hardware: null };

async function folderWith(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "fitment-settings-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) await writeFile(path.join(folder, name), content);
  return folder;
}

/** What the window says of what was wrong. */
async function noticeOf(folder: string): Promise<string | null> {
  const { fault } = await readSettingsFile(folder);
  return fault === null ? null : settingsFaultText(fault);
}

test("a first start has no settings, and nothing to complain of", async () => {
  expect(await readSettingsFile(await folderWith())).toEqual({ settings: NO_SETTINGS, fault: null });
});

test("what was written is read again, and what was there before is the backup", async () => {
  const folder = await folderWith();
  await writeSettingsFile(folder, SETTINGS);
  await writeSettingsFile(folder, OTHER);
  expect(await readSettingsFile(folder)).toEqual({ settings: OTHER, fault: null });
  const backup: unknown = JSON.parse(await readFile(path.join(folder, "settings.backup.json"), "utf8"));
  expect(backup).toEqual({ version: 1, ...SETTINGS });
  expect((await readdir(folder)).sort()).toEqual(["settings.backup.json", "settings.json"]);
});

test.each([
  ["cut short", '{"version": 1, "win', "the file is not JSON"],
  ["empty", "", "the file is not JSON"],
  ["something else", "[1, 2]", "the file holds no settings"],
  ["of a wrong type", '{"version":1,"window":{"x":"left"},"scenario":null}', "window.x is not as expected"],
  ["of a newer version", '{"version":99,"window":null,"scenario":null}', "a newer Fitment wrote them"],
  ["of a version nobody knows", '{"version":0}', "the file holds no settings"],
  ["far too large", " ".repeat(1_000_001), "the file is far too large"],
])("a file that is %s is kept aside, and the settings before it are used", async (_name, content, reason) => {
  const folder = await folderWith({ "settings.json": content });
  await writeFile(path.join(folder, "settings.backup.json"), JSON.stringify({ version: 1, ...OTHER }));
  const { settings, fault } = await readSettingsFile(folder);
  expect(settings).toEqual(OTHER);
  expect(fault === null ? null : settingsFaultText(fault)).toBe(
    `The settings could not be read (${reason}); those before them are used. What was there is kept as settings.damaged.json.`,
  );
  expect(await readFile(path.join(folder, "settings.damaged.json"), "utf8")).toBe(content);
});

test("without a backup the defaults are used, and said to be", async () => {
  const folder = await folderWith({ "settings.json": "{", "settings.backup.json": "{" });
  const { settings, fault } = await readSettingsFile(folder);
  expect(settings).toEqual(NO_SETTINGS);
  expect(fault).toMatchObject({ instead: "defaults", damage: { kind: "not-json" } });
});

test("a folder in the file's place is no settings, and does not stop the start", async () => {
  const folder = await folderWith();
  await mkdir(path.join(folder, "settings.json"));
  expect(await noticeOf(folder)).toContain("EISDIR");
});

test("a start between two renames finds the backup", async () => {
  const folder = await folderWith({ "settings.backup.json": JSON.stringify({ version: 1, ...OTHER }) });
  expect(await readSettingsFile(folder)).toEqual({ settings: OTHER, fault: null });
});

test("older settings are brought up step by step", () => {
  const steps = {
    1: (old: Readonly<Record<string, unknown>>) => ({ scenario: { contextLength: old.context } }),
    2: (old: Readonly<Record<string, unknown>>) => ({ ...old, window: null }),
  };
  expect(migrate({ version: 1, context: 2048 }, steps, 3)).toEqual({
    kind: "ok",
    settings: { window: null, scenario: { contextLength: 2048 }, language: null, hardware: null },
  });
  expect(migrate({ version: 1 }, {}, 3)).toEqual({
    kind: "damaged",
    damage: { kind: "version-unknown", version: 1 },
  });
});

test.each([
  ["a list", []],
  ["text", "scenario"],
  ["nothing", undefined],
  ["a nested value", { contextLength: { value: 1 } }],
  ["not a number", { contextLength: NaN }],
  ["a very long text", { backend: "x".repeat(201) }],
  ["very many fields", Object.fromEntries(Array.from({ length: 41 }, (_, index) => [`field${index}`, 1]))],
])("%s is no scenario", (_name, json) => {
  expect(readScenario(json)).toBeNull();
});

test("a scenario cannot reach an object's prototype", () => {
  const scenario = readScenario(JSON.parse('{"__proto__": "x", "constructor": "y", "contextLength": 1}'));
  expect(Object.getPrototypeOf(scenario ?? {})).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).x).toBeUndefined();
});

test("changes that come together are one write, and each caller hears of it", async () => {
  const folder = await folderWith();
  const store = settingsStore(folder);
  await Promise.all([
    store.change({ scenario: { contextLength: 1 } }),
    store.change({ window: WINDOW }),
    store.change({ scenario: { contextLength: 2 } }),
  ]);
  const kept = { window: WINDOW, scenario: { contextLength: 2 }, language: null, hardware: null };
  expect(await readSettingsFile(folder)).toEqual({ settings: kept, fault: null });
  await expect(readdir(folder)).resolves.toEqual(["settings.json"]);
});

test("what was changed is read again in the same run, written or not", async () => {
  const folder = await folderWith({ "settings.json": JSON.stringify({ version: 1, ...OTHER }) });
  const store = settingsStore(folder);
  void store.change({ language: "de" });
  expect((await store.read()).settings).toEqual({ ...OTHER, language: "de" });
  await store.flush();
});

test.each([
  ["none, as of older versions", undefined],
  ["none", null],
  ["one that is not spoken", "tlh"],
  ["no language", 7],
  ["a name of every object", "constructor"],
])("settings with a language that is %s have the system's", (_name, language) => {
  const json: unknown = JSON.parse(JSON.stringify({ version: 1, ...OTHER, language }));
  expect(migrate(json)).toEqual({ kind: "ok", settings: OTHER });
});

const { hardware: HARDWARE } = SETTINGS;

test.each([
  ["none, as of older versions", undefined, null],
  ["none", null, null],
  ["what a person changed", HARDWARE, HARDWARE],
  ["a text", "64GiB", "unreadable"],
  ["a part of it", { added: ["RTX 3090"] }, "unreadable"],
  ["a number for a size", { ...HARDWARE, ram: 64 }, "unreadable"],
  ["very many cards", { ...HARDWARE, added: Array.from({ length: 65 }, () => "RTX 3090") }, "unreadable"],
  ["a very long text", { ...HARDWARE, added: ["x".repeat(201)] }, "unreadable"],
])("settings with hardware that is %s lose nothing else", (_name, hardware, read) => {
  const json: unknown = JSON.parse(JSON.stringify({ version: 1, ...OTHER, hardware }));
  expect(migrate(json)).toEqual({ kind: "ok", settings: { ...OTHER, hardware: read } });
});

test.each([
  ["a change", HARDWARE, HARDWARE],
  ["none", null, null],
  ["a text", "unreadable", undefined],
  ["nothing", undefined, undefined],
  ["a list in the place of sizes", { ...HARDWARE, freeById: [1] }, undefined],
])("of what the page sends as hardware, %s is taken as that", (_name, json, read) => {
  expect(readHardwareChange(json)).toEqual(read);
});

test("what waits is written at once when the window closes", async () => {
  const folder = await folderWith();
  const store = settingsStore(folder);
  void store.change({ window: WINDOW });
  await store.flush();
  expect((await readSettingsFile(folder)).settings.window).toEqual(WINDOW);
});

test("a disk that says no is told to who asked; the next write is tried again", async () => {
  const folder = await folderWith();
  const gone = path.join(folder, "gone");
  const store = settingsStore(gone);
  await expect(store.change({ window: WINDOW })).rejects.toThrow("ENOENT");
  await mkdir(gone);
  await store.change({ scenario: { contextLength: 3 } });
  expect((await readSettingsFile(gone)).settings).toEqual({
    window: WINDOW,
    scenario: { contextLength: 3 },
    language: null,
    hardware: null,
  });
});
