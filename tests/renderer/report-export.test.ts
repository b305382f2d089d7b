import { describe, expect, test } from "vitest";
import type { ReportInput } from "../../src/report/make-report.ts";
import { ReportExport } from "../../src/renderer/report/report-export.svelte.ts";
import type { Known } from "../../src/renderer/report/report-input.ts";
import type { MakeReport } from "../../src/renderer/report/report-maker.ts";
import type { Answer, Api } from "../../src/shared/ipc.ts";
import { data, questionOn } from "../advice/catalog-data.ts";
import { SMALL_REPORT } from "../report/small-report.ts";

type ReportApi = Pick<Api, "readVersion" | "saveReport" | "openReport">;

const TEXTS = { html: "<p>", md: "#", json: "{}", csv: "a" };
const ok = <Value>(value: Value): Answer<Value> => ({ kind: "ok", value });
const failed = (message: string): Answer<never> => ({ kind: "failed", message });

const question = questionOn("24 GB card");
const KNOWN = {
  machine: question.machine,
  catalog: { ...data, runtimes: [], problems: [] },
  quality: { quality: data.quality, problems: [] },
  catalogShelf: { state: { date: "2026-11-25" } },
  advice: {
    question,
    pins: [
      { modelId: "llama-3.1-8b", quantization: "Q8_0" },
      { modelId: "llama-3.1-8b", quantization: "EXL2_4BPW" },
      { modelId: "mistral-7b", quantization: null },
      { modelId: "no-such-model", quantization: null },
    ],
  },
  whyNotFresh: () => Promise.resolve(null),
} as unknown as Known; // what a report reads of the window's state, without the window

function exporting(
  change: Partial<ReportApi> = {},
  makeReport: MakeReport = () => Promise.resolve({ texts: TEXTS, changes: ["Card is new."] }),
  known = KNOWN,
): ReportExport {
  const api: ReportApi = {
    readVersion: () => Promise.resolve(ok("0.1.0")),
    saveReport: () => Promise.resolve(ok("report.html")),
    openReport: () => Promise.resolve(ok({ name: "old.json", json: SMALL_REPORT })),
    ...change,
  };
  return new ReportExport(api, known, makeReport);
}

describe("exporting", () => {
  test("makes the report of what is shown, with the pinned models that there are, and says where it is", async () => {
    const inputs: ReportInput[] = [];
    const exporter = exporting({}, (input) => {
      inputs.push(input);
      return Promise.resolve({ texts: TEXTS, changes: [] });
    });
    await exporter.run();
    expect(exporter.notice).toEqual({ isFailure: false, text: "Saved as report.html." });
    expect(inputs[0]?.versions).toEqual({ fitment: "0.1.0", catalogDate: "2026-11-25" });
    expect(inputs[0]?.subjects.map(({ model, quantization }) => [model.id, quantization])).toEqual([
      ["llama-3.1-8b", "Q8_0"],
      ["llama-3.1-8b", null], // what is asked for does not load it
      ["mistral-7b", null],
    ]);
    expect(inputs[0]?.older).toBeNull();
  });

  test("says nothing where the person thought better of it", async () => {
    const exporter = exporting({ saveReport: () => Promise.resolve(ok(null)) });
    await exporter.run();
    expect(exporter.notice).toBeNull();
    expect(exporter.isBusy).toBe(false);
  });

  test.each([
    ["the disk is full", exporting({ saveReport: () => Promise.resolve(failed("the disk is full")) })],
    ["the call broke", exporting({ saveReport: () => Promise.reject(new Error("the call broke")) })],
    ["no such model", exporting({}, () => Promise.reject(new Error("no such model")))],
    [
      "There is nothing to report until machine and catalog are read.",
      exporting({}, undefined, { ...KNOWN, machine: null }),
    ],
  ])("says that %s", async (message, exporter) => {
    await exporter.run();
    expect(exporter.notice).toEqual({ isFailure: true, text: message });
    expect(exporter.isBusy).toBe(false);
  });
});

describe("against an older report", () => {
  test("shows what changed, and an export has it, too, until it is closed", async () => {
    const olders: (string | null)[] = [];
    const exporter = exporting({}, ({ older }) => {
      olders.push(older?.madeAt ?? null);
      return Promise.resolve({ texts: TEXTS, changes: ["Card is new."] });
    });
    await exporter.compareWithOlder();
    expect(exporter.since).toMatchObject({ name: "old.json", changes: ["Card is new."] });
    await exporter.run();
    exporter.since = null;
    await exporter.run();
    expect(olders).toEqual([SMALL_REPORT.madeAt, SMALL_REPORT.madeAt, null]);
  });

  test("says that a report is made only while one is, not while somebody chooses a file", async () => {
    const seen: (readonly boolean[])[] = [];
    const look = (): void => void seen.push([exporter.isMaking, exporter.isComparing]);
    const opened = ok({ name: "old.json", json: JSON.parse(JSON.stringify(SMALL_REPORT)) as unknown });
    const exporter: ReportExport = exporting(
      {
        openReport: () => (look(), Promise.resolve(opened)),
        saveReport: () => (look(), Promise.resolve(ok(null))),
      },
      () => (look(), Promise.resolve({ texts: TEXTS, changes: [] })),
    );
    await exporter.compareWithOlder();
    await exporter.run();
    const [choosing, comparing, making, saving] = seen;
    expect([choosing?.[0], comparing, making, saving?.[0]]).toEqual([
      false,
      [true, true],
      [true, false],
      false,
    ]);
  });

  test.each([
    [
      "old.json is no report that Fitment saved as JSON (the whole file: expected an object).",
      ok({ name: "old.json", json: 1 }),
    ],
    ["old.json is too large for a report.", failed("old.json is too large for a report.")],
  ])("says that %s", async (message, opened) => {
    const exporter = exporting({ openReport: () => Promise.resolve(opened) });
    await exporter.compareWithOlder();
    expect(exporter.notice).toEqual({ isFailure: true, text: message });
    expect(exporter.since).toBeNull();
  });
});
