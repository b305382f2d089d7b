import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reportJson } from "../../src/report/json.ts";
import { readOlderReport } from "../../src/report/older-report.ts";
import { reportOn } from "./reports.ts";
import { SMALL_REPORT } from "./small-report.ts";

const small = JSON.parse(reportJson(SMALL_REPORT)) as Record<string, unknown>; // our own output

describe("an older report", () => {
  test("is read as far as it is compared, and no further", () => {
    const read = readOlderReport({ ...small, later: { any: "thing" } });
    if (read.kind === "failed") throw new Error(read.message);
    const { report } = read;
    expect(report.machine.accelerators).toEqual([
      {
        name: "Card",
        driverVersion: "550.1",
        memoryTotalBytes: 24 * 2 ** 30,
        memoryFreeBytes: 23 * 2 ** 30,
      },
    ]);
    expect(report.answer.picks.map(({ modelName }) => modelName)).toEqual(["Small 8B"]);
    expect(Object.keys(report).sort()).toEqual(
      ["answer", "machine", "madeAt", "question", "verdicts", "versions"].sort(),
    );
  });

  test("of a whole machine is read", () => {
    const json: unknown = JSON.parse(reportJson(reportOn("8 x 80 GB")));
    expect(readOlderReport(json).kind).toBe("ok");
  });

  test.each([
    [null, "the whole file: expected an object"],
    [[], 'kind: expected "fitment-report"'],
    [{ ...small, schemaVersion: 2 }, "schemaVersion: expected 1"],
    [{ ...small, madeAt: "yesterday" }, "madeAt: expected a day and a time"],
    [{ ...small, verdicts: {} }, "verdicts: expected a list"],
    [
      { ...small, verdicts: [{ modelId: "a", modelName: "A", group: "new" }] },
      "verdicts[0].group: expected a known word",
    ],
    [{ ...small, answer: { picks: [{ roles: [1] }] } }, "answer.picks[0].roles[0]: expected a text"],
    [
      { ...small, machine: { ram: { totalBytes: -1 }, accelerators: [] } },
      "machine.ram.totalBytes: expected a number of bytes",
    ],
    [Object.create(small), 'kind: expected "fitment-report"'],
  ])("that is none says where: case %#", (json, message) => {
    expect(readOlderReport(json)).toEqual({ kind: "failed", message });
  });

  test("never throws, whatever the file holds, and gives nothing a foreign prototype", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...Object.keys(small), "__proto__"), fc.json({ maxDepth: 4 })),
        (parts) => {
          const changed = Object.fromEntries(
            Object.entries(parts).map(([key, json]) => [key, JSON.parse(json) as unknown]),
          ); // arbitrary
          const read = readOlderReport({ ...small, ...changed });
          if (read.kind === "ok") expect(Object.getPrototypeOf(read.report)).toBe(Object.prototype);
        },
      ),
      { numRuns: 10_000 },
    );
  });
});
