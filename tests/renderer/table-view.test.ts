import { describe, expect, test, vi } from "vitest";
import { knownQuality } from "../../src/advice/option.ts";
import { estimateFit } from "../../src/engine/estimate.ts";
import type { Fit } from "../../src/engine/fit.ts";
import { runsHere, verdictGroup } from "../../src/engine/ranking.ts";
import { DEFAULT_SCENARIO } from "../../src/engine/scenario.ts";
import { speedHere } from "../../src/engine/speed/speed-here.ts";
import { columnsThatFit } from "../../src/renderer/models/column-widths.ts";
import { rowQuality } from "../../src/renderer/models/row-facts.ts";
import type { Later } from "../../src/renderer/models/idle-work.ts";
import { KeptOrder } from "../../src/renderer/models/kept-order.ts";
import { targetIndex } from "../../src/renderer/models/row-focus.ts";
import type { ModelRow } from "../../src/renderer/models/model-rows.ts";
import { fittingContext, slowValue } from "../../src/renderer/models/slow-columns.ts";
import { groupedRows, sortedRows } from "../../src/renderer/models/sorted-rows.ts";
import { COLUMNS, type SortKey, TableView } from "../../src/renderer/models/table-view.svelte.ts";
import { data, questionOn } from "../advice/catalog-data.ts";

const question = questionOn("24 GB card", { task: "chat" });
const fitOf = (model: (typeof data.models)[number]): Fit =>
  estimateFit(model, question.machine, DEFAULT_SCENARIO);
const rows: readonly ModelRow[] = data.models.map((model) => ({ model, fit: fitOf(model) }));
const { cards, runtimes = [], models, speed } = data;
const where = { machine: question.machine, catalog: { cards, runtimes, models, speed }, promptLength: null };
const facts = {
  slow: new Map(rows.map((row) => [row.model.id, slowValue(row, "speed", where)])),
  qualityOf: (row: ModelRow) => rowQuality(row, { question, data })?.index ?? null,
};

test("a quality is the same whatever was asked before it", () => {
  const scenario = { ...question.scenario, keyCacheType: "q4_0", valueCacheType: "q4_0" } as const;
  const limits = { ...question.limits, languages: ["french"] };
  const questions = [
    question,
    { ...question, scenario: { ...question.scenario, contextLength: 131_072 } },
    { ...question, scenario },
    { ...question, task: "code" as const },
    { ...question, qualityWeight: 1 },
    { ...question, limits },
    question,
  ];
  const coarser = rows.map(({ model }) => ({
    model,
    fit: estimateFit(model, question.machine, scenario, "Q4_K_M"),
  }));
  for (const asked of questions)
    for (const row of [...rows, ...coarser])
      expect(rowQuality(row, { question: asked, data })).toEqual(knownQuality(row, asked, data));
});

describe("a heading", () => {
  test.each<[SortKey, readonly (boolean | null)[]]>([
    ["speed", [true, false, null]],
    ["memory", [false, true, null]],
    ["model", [false, true, null]],
  ])("of %s sorts one way, then the other, then no more", (key, directions) => {
    const view = new TableView();
    for (const isDescending of directions) {
      view.sortBy(key);
      expect(view.sort).toEqual(isDescending === null ? null : { key, isDescending });
    }
  });

  test("of another column begins anew", () => {
    const view = new TableView();
    view.sortBy("speed");
    view.sortBy("memory");
    expect(view.sort).toEqual({ key: "memory", isDescending: false });
  });
});

test("columns stay in their own order, however they are chosen", () => {
  const view = new TableView();
  for (const column of ["memory", "verdict", "released", "memory"] as const) view.toggleColumn(column);
  const hidden = ["verdict", "active", "context", "fitting", "developer"];
  expect(view.columns).toEqual(COLUMNS.filter((column) => !hidden.includes(column)));
});

describe("sorting", () => {
  test.each<[SortKey, boolean]>([
    ["memory", false],
    ["memory", true],
    ["parameters", true],
    ["context", true],
    ["active", true],
    ["quality", true],
    ["released", true],
    ["speed", true],
    ["speed", false],
  ])("by %s, descending %s: in order, every row once, unknown ones last", (key, isDescending) => {
    const sorted = sortedRows(rows, { key, isDescending }, facts);
    expect(new Set(sorted).size).toBe(rows.length);
    const values = sorted.map((row) => sortedValue(row, key));
    const known = values.filter((value) => value !== null);
    expect(values.slice(0, known.length)).toEqual(known);
    const inOrder = [...known].sort((one, other) => (isDescending ? other - one : one - other));
    expect(known).toEqual(inOrder);
    expect(known.length).toBeGreaterThan(key === "active" ? 30 : 100);
  });

  test("equals stay best first", () => {
    const sorted = sortedRows(rows, { key: "licence", isDescending: false }, facts);
    const places = new Map(sortedRows(rows, null, facts).map((row, index) => [row, index]));
    for (const [index, row] of sorted.entries()) {
      const before = sorted[index - 1];
      if (before !== undefined && licenceOf(before) === licenceOf(row))
        expect(places.get(row)).toBeGreaterThan(places.get(before) ?? Infinity);
    }
  });

  test("no sort is the best quality first of what runs here; nothing that does not run is before what does", () => {
    const sorted = sortedRows(rows, null, facts);
    const running = sorted.findIndex(({ fit }) => fit !== null && !runsHere(verdictGroup(fit.verdict)));
    const qualities = sorted.slice(0, running).map(facts.qualityOf);
    const known = qualities.filter((quality) => quality !== null);
    expect(known.length).toBeGreaterThan(50);
    expect(qualities.slice(0, known.length)).toEqual([...known].sort((one, other) => other - one));
    expect(sorted.slice(running).some(({ fit }) => fit !== null && runsHere(verdictGroup(fit.verdict)))).toBe(
      false,
    );
  });

  test("until qualities are read the list stands as it last stood, but what runs here is first", () => {
    const written = new Map<string, string>();
    const storage = {
      getItem: (key: string) => written.get(key) ?? null,
      setItem: (key: string, text: string) => void written.set(key, text),
    };
    const atOnce: Later = (work) => {
      work(() => 50);
      return () => undefined;
    };
    const best = sortedRows(rows, null, facts);
    new KeptOrder(storage, atOnce).keep(best.map(({ model }) => model.id));
    const unread = { ...facts, qualityOf: () => null, keptOrder: new KeptOrder(storage, atOnce) };
    expect(sortedRows(rows, null, unread)).toEqual(best);
    const withoutVerdicts = sortedRows(
      rows.map(({ model }) => ({ model, fit: null })),
      null,
      unread,
    );
    expect(withoutVerdicts.map(({ model }) => model.id)).toEqual(best.map(({ model }) => model.id));

    const smaller = questionOn("8 GB card", { task: "chat" });
    const there = rows.map(({ model }) => ({
      model,
      fit: estimateFit(model, smaller.machine, DEFAULT_SCENARIO),
    }));
    const runs = sortedRows(there, null, unread).map(
      ({ fit }) => fit !== null && runsHere(verdictGroup(fit.verdict)),
    );
    expect(runs.indexOf(false)).toBe(runs.filter(Boolean).length);
  });

  test.each([null, "", "{", '{"a":1}', "[1,null]"])("a kept order that says %s is none", (text) => {
    const order = new KeptOrder({ getItem: () => text, setItem: () => undefined });
    expect(order.inOrder(rows)).toEqual(rows);
  });

  test("an order that cannot be kept is no fault of the page", () => {
    const logged = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new Error("the quota is exceeded");
      },
    };
    const atOnce: Later = (work) => {
      work(() => 50);
      return () => undefined;
    };
    expect(() => new KeptOrder(full, atOnce).keep(["one"])).not.toThrow();
    expect(logged).toHaveBeenCalledOnce();
    logged.mockRestore();
  });

  test("without verdicts the order stays as it is", () => {
    const unread = rows.map((row) => ({ ...row, fit: null }));
    expect(sortedRows(unread, null, facts)).toEqual(unread);
  });
});

test("groups hold every row once, best verdict first, and no group is empty", () => {
  const groups = groupedRows(rows);
  expect(groups.flatMap((group) => group.rows)).toHaveLength(rows.length);
  expect(groups.map(({ group }) => group).slice(0, 2)).toEqual(["fits", "needs-quantization"]);
  expect(groups.every((group) => group.rows.length > 0)).toBe(true);
});

test.each([
  {
    widthRem: 120,
    shown: ["verdict", "quantization", "memory", "speed", "quality", "parameters", "licence"],
  },
  { widthRem: 76, shown: ["verdict", "quantization", "memory", "speed", "quality", "parameters"] },
  { widthRem: 62, shown: ["verdict", "quantization", "memory", "speed", "quality"] },
  { widthRem: 53, shown: ["verdict", "quantization", "memory", "speed"] },
  { widthRem: 53, sort: "quality", shown: ["verdict", "memory", "speed", "quality"] },
  { widthRem: 53, sort: "licence", shown: ["verdict", "memory", "speed", "licence"] },
  { widthRem: 50, shown: ["verdict", "quantization", "memory", "speed"] },
  { widthRem: 49.9, shown: ["verdict", "quantization", "memory", "speed", "quality"] },
  { widthRem: 30, shown: ["verdict", "quantization", "memory", "speed", "quality"] },
] as const)("$widthRem rem hold $shown", ({ widthRem, shown, ...rest }) => {
  const sort = "sort" in rest ? { key: rest.sort, isDescending: true } : null;
  const columns = columnsThatFit({ columns: new TableView().columns, widthRem, sort });
  expect(columns.map(({ column }) => column)).toEqual(shown);
});

test.each([
  ["ArrowDown", 0, 1],
  ["ArrowUp", 0, null],
  ["ArrowDown", 29, null],
  ["PageDown", 25, 29],
  ["PageUp", 5, 0],
  ["Home", 7, 0],
  ["End", 7, 29],
  ["End", 29, null],
  ["x", 7, null],
] as const)("%s from line %d of 30 goes to %s", (key, from, to) => {
  expect(targetIndex(key, from, 30)).toBe(to);
});

test("the context that fits holds where the verdict has the model, and a longer one does not", () => {
  const held = rows.map((row) => ({ row, contextLength: fittingContext(row, where) }));
  const short = held.filter(
    ({ row, contextLength }) =>
      contextLength !== null &&
      "value" in row.model.trainedContextLength &&
      contextLength < row.model.trainedContextLength.value,
  );
  expect(short.length).toBeGreaterThan(30);
  const OFFLOADED = ["cpu", "layer-offload", "expert-offload"];
  for (const { row, contextLength } of short) {
    const { model, fit } = row;
    if (contextLength === null || fit === null) continue;
    const holdsAt = (tokens: number): boolean => {
      const scenario = { ...DEFAULT_SCENARIO, contextLength: tokens };
      const { kind } = estimateFit(model, question.machine, scenario, fit.quantization).placement;
      return kind !== "none" && (OFFLOADED.includes(fit.placement.kind) || !OFFLOADED.includes(kind));
    };
    expect([model.id, holdsAt(contextLength), holdsAt(contextLength + 256)]).toEqual([model.id, true, false]);
  }
  const asked = held.filter(({ row }) => row.fit?.placement.kind === "single");
  expect(asked.length).toBeGreaterThan(30);
  for (const { row, contextLength } of asked) {
    const { trainedContextLength: trained } = row.model;
    const least = Math.min(DEFAULT_SCENARIO.contextLength, "value" in trained ? trained.value : 0);
    expect([row.model.id, contextLength]).toEqual([
      row.model.id,
      expect.toSatisfy((length) => length >= least),
    ]);
  }
});

function licenceOf({ model }: ModelRow): string | null {
  return "value" in model.licence ? model.licence.value.name : null;
}

/** The same by its own means, as a number. */
function sortedValue(row: ModelRow, key: SortKey): number | null {
  const { model, fit } = row;
  if (key === "memory") return fit?.memory?.totalBytes ?? null;
  if (key === "parameters") return "value" in model.parameterCount ? model.parameterCount.value : null;
  if (key === "active")
    return "value" in model.activeParameterCount ? model.activeParameterCount.value : null;
  if (key === "context")
    return "value" in model.trainedContextLength ? model.trainedContextLength.value : null;
  if (key === "released")
    return "value" in model.releaseMonth ? Number(model.releaseMonth.value.replace("-", "")) : null;
  if (key === "quality") return facts.qualityOf(row);
  if (fit === null || fit.placement.kind === "none") return null;
  const found = speedHere(fit, model, where);
  return found.kind === "known" ? found.decodeTokensPerSecond.mid : null;
}
