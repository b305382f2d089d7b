import { expect, test } from "vitest";
import { checkCardFile } from "#catalog/schema.ts";

const CARD = {
  id: "test-card",
  name: "Test Card",
  memoryKind: "dedicated",
  memoryMiB: { value: 16_376, source: "#driver" },
  bandwidthGBps: { value: 736.3, source: "the maker's page" },
  fp16TensorTFLOPS: { value: 97.5, source: "#driver" },
};

test("a source that many facts have is written once for the file", () => {
  const file = { vendor: "nvidia", sources: { "#driver": "a driver's report" }, cards: [CARD] };
  const { entries, problems } = checkCardFile("hardware/test.json", file);
  expect(problems).toEqual([]);
  expect(entries[0]?.entry).toMatchObject({
    memoryBytes: { value: 17_171_480_576, source: "a driver's report" },
    memoryBandwidthBytesPerSecond: { value: 736_300_000_000, source: "the maker's page" },
    fp16TensorFlops: { value: 97_500_000_000_000, source: "a driver's report" },
  });
});

test("a fact that is left out is missing, and a board is one device unless it says otherwise", () => {
  const file = { vendor: "amd", cards: [CARD] };
  const { entries } = checkCardFile("hardware/test.json", file);
  expect(entries[0]?.entry.powerWatts).toEqual({ missing: "not stated by any source that was read" });
  expect(entries[0]?.entry.deviceCount).toBe(1);
});

test.each([
  ["a name without its mark", { driver: "a driver's report" }],
  ["a source without words", { "#driver": " " }],
])("wrong: %s", (_title, sources) => {
  const { problems } = checkCardFile("hardware/test.json", { vendor: "amd", sources, cards: [] });
  expect(problems).toHaveLength(1);
});

test("a card that is no object is one problem, and costs no other", () => {
  const { entries, problems } = checkCardFile("hardware/test.json", {
    vendor: "amd",
    cards: ["a card", CARD],
  });
  expect(entries).toHaveLength(1);
  expect(problems.map(({ path }) => path)).toEqual(["cards[0]"]);
});
