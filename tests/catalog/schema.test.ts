import { expect, test } from "vitest";
import { checkCardFile, checkModelFile } from "#catalog/schema.ts";
import { changed, ENTRY, modelFile, type Json } from "./entries.ts";

const FILE = "models/small.json";

test("family and developer are said once for all models of a file", () => {
  const { entries, problems } = checkModelFile(FILE, modelFile(ENTRY));
  expect(problems).toEqual([]);
  expect(entries.map(({ file, path, entry }) => [file, path, entry.family, entry.developer])).toEqual([
    [FILE, ["models", 0], "Small", "Maker"],
  ]);
});

test.each<readonly [string, Json, string, string]>([
  [
    "a wrong type, and of a fact's two shapes only the one that was meant",
    changed(ENTRY, ["parameterCount", "value"], "8B"),
    "models[1].parameterCount.value",
    "expected number, received string",
  ],
  [
    "a missing field",
    changed(ENTRY, ["tasks"], undefined),
    "models[1].tasks",
    "expected array, and it is not there",
  ],
  [
    "an unknown key",
    changed(ENTRY, ["licence", "value", "url"], "https://example.org"),
    "models[1].licence.value.url",
    "expected no such key here",
  ],
  [
    "a name that would steer a terminal",
    changed(ENTRY, ["name"], "Small \u001b[31m1B"),
    "models[1].name",
    "expected text without control characters",
  ],
  [
    "a bad id",
    changed(ENTRY, ["id"], "Small 1B"),
    "models[1].id",
    "expected lower case, digits, dots and hyphens, such as llama-3.1-8b",
  ],
  [
    "a layer kind there is not",
    changed(ENTRY, ["architecture", "value", "layerOrder"], [{ repeat: 2, of: ["layer", "full"] }]),
    "models[1].architecture.value.layerOrder[0].of[1]",
    'expected a name in layerKinds, found "full"',
  ],
  [
    "a value without its source",
    changed(ENTRY, ["releaseMonth", "source"], undefined),
    "models[1].releaseMonth.source",
    "expected string, and it is not there",
  ],
])("%s is one problem with its place, and the neighbours still load", (_title, broken, path, message) => {
  const first = changed(ENTRY, ["id"], "first-1b");
  const last = changed(ENTRY, ["id"], "last-1b");
  const { entries, problems } = checkModelFile(FILE, modelFile(first, broken, last));
  expect(problems).toEqual([{ file: FILE, path, message }]);
  expect(entries.map(({ entry }) => entry.id)).toEqual(["first-1b", "last-1b"]);
});

test("everything wrong with an entry is said at once", () => {
  const broken = changed(changed(ENTRY, ["id"], "Small"), ["tasks"], []);
  const { problems } = checkModelFile(FILE, modelFile(broken));
  expect(problems.map(({ path }) => path)).toEqual(["models[0].id", "models[0].tasks"]);
});

test.each<readonly [string, unknown, string]>([
  ["a list instead of an object", [], ""],
  ["a file without its family", { developer: "Maker", models: [] }, "family"],
  ["a file without models", { family: "Small", developer: "Maker" }, "models"],
])("%s gives nothing but a problem", (_title, json, path) => {
  const { entries, problems } = checkModelFile(FILE, json);
  expect(entries).toEqual([]);
  expect(problems.map((problem) => problem.path)).toEqual([path]);
});

const CARD = {
  id: "test-card",
  name: "Test Card",
  memoryKind: "dedicated",
  memoryMiB: { value: 24_576, source: "maker" },
  bandwidthGBps: { missing: "not stated" },
};

test("a card's MiB and GB/s become bytes, and a missing figure stays missing", () => {
  const { entries, problems } = checkCardFile("hardware/test.json", { vendor: "nvidia", cards: [CARD] });
  expect(problems).toEqual([]);
  expect(entries.map(({ entry }) => entry)).toMatchObject([
    {
      id: "test-card",
      vendor: "nvidia",
      memoryBytes: { value: 24_576 * 1024 * 1024, source: "maker" },
      memoryBandwidthBytesPerSecond: { missing: "not stated" },
    },
  ]);
});

test("a broken card costs no other", () => {
  const cards = [{ ...CARD, memoryMiB: 24 }, CARD];
  const { entries, problems } = checkCardFile("hardware/test.json", { vendor: "nvidia", cards });
  expect(problems.map(({ path }) => path)).toEqual(["cards[0].memoryMiB"]);
  expect(entries.map(({ entry }) => entry.id)).toEqual(["test-card"]);
});
