import { expect, test } from "vitest";
import { collectLater, type IdleFigures, type Later } from "../../src/renderer/models/idle-work.ts";
import { indexesIn } from "../../src/renderer/models/line-range.ts";
import { modelRows } from "../../src/renderer/models/model-rows.ts";
import { groupedLines, plainLines, sectionsOf } from "../../src/renderer/models/table-lines.ts";
import { DEFAULT_SCENARIO } from "../../src/engine/scenario.ts";
import { data, questionOn } from "../advice/catalog-data.ts";

const { machine } = questionOn("24 GB card", { task: "chat" });
const rows = modelRows(data.models, machine, DEFAULT_SCENARIO);

test("lines of groups: a heading, then its models; of a folded group the heading alone", () => {
  const open = groupedLines(rows, []);
  const headings = open.filter(({ kind }) => kind === "group");
  expect(open).toHaveLength(rows.length + headings.length);
  expect(new Set(open.map(({ key }) => key)).size).toBe(open.length);
  const [first, second] = open;
  if (first?.kind !== "group" || second === undefined) throw new Error("a group comes first");
  expect([first.group, second.kind, second.group]).toEqual(["fits", "model", "fits"]);
  expect(groupedLines(rows, ["fits"])).toHaveLength(open.length - first.count);
});

test("what is in the page has the space of what is not before it", () => {
  const lines = plainLines(rows);
  const places = [
    { index: 0, start: 0, end: 50 },
    { index: 10, start: 500, end: 560 },
    { index: 11, start: 560, end: 610 },
    { index: rows.length, start: 9000, end: 9050 },
  ];
  const [section, ...others] = sectionsOf(lines, places);
  expect(others).toEqual([]);
  expect(section?.lines.map(({ index, gapPx }) => [index, gapPx])).toEqual([
    [0, 0],
    [10, 450],
    [11, 0],
  ]);
});

test.each([
  { count: 60, kept: [], startIndex: 20, endIndex: 30, first: 0, last: 59, length: 60 },
  { count: 61, kept: [], startIndex: 20, endIndex: 30, first: 12, last: 38, length: 27 },
  {
    count: 10_000,
    kept: [3, -1, 9_999],
    startIndex: 5_000,
    endIndex: 5_020,
    first: 3,
    last: 9_999,
    length: 39,
  },
  { count: 10_000, kept: [5_001], startIndex: 5_000, endIndex: 5_020, first: 4_992, last: 5_028, length: 37 },
])(
  "of $count lines, at $startIndex, $length are in the page",
  ({ count, kept, startIndex, endIndex, ...wanted }) => {
    const indexes = indexesIn({ count, startIndex, endIndex, overscan: 8 }, kept);
    expect([indexes[0], indexes.at(-1), indexes.length]).toEqual([wanted.first, wanted.last, wanted.length]);
  },
);

/** Idle time by hand: one figure a turn. */
function byHand(): { readonly later: Later; readonly turn: () => void; readonly isWaiting: () => boolean } {
  let waiting: ((remainingMs: () => number) => void) | null = null;
  return {
    later: (work) => {
      waiting = work;
      return () => (waiting = null);
    },
    turn: () => {
      const work = waiting;
      waiting = null;
      work?.(() => 0);
    },
    isWaiting: () => waiting !== null,
  };
}

test("figures are worked out one idle turn after another, and handed over together", () => {
  const { later, turn, isWaiting } = byHand();
  const handed: IdleFigures[] = [];
  collectLater(
    ["a", "b", "c"],
    (index) => (index === 1 ? null : index),
    (figures) => handed.push(figures),
    later,
  );
  turn();
  turn();
  expect(handed).toEqual([]);
  turn();
  expect(handed.map((figures) => [...figures])).toEqual([
    [
      ["a", 0],
      ["b", null],
      ["c", 2],
    ],
  ]);
  expect(isWaiting()).toBe(false);
});

test("what is asked for no more is dropped at any turn", () => {
  const { later, turn, isWaiting } = byHand();
  let count = 0;
  const cancel = collectLater(
    ["a", "b"],
    () => (count += 1),
    () => undefined,
    later,
  );
  turn();
  cancel();
  expect(isWaiting()).toBe(false);
  turn();
  expect(count).toBe(1);
});
