import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { SpreadPart } from "#engine/speed/speed-constants.ts";
import { SHIPPED } from "../catalog/shipped.ts";
import { deviceOf, toCells, type Cell } from "./cells.ts";
import type { ClassAccuracy } from "./fit/evaluate.ts";
import { leaveDevicesOut, outcomesOf } from "./fit/left-out.ts";
import { cellsToFit, type Test } from "./fit/problems.ts";
import { readSpeedTable, withSpeedTable } from "./readme-table.ts";
import { accuracies } from "./report.ts";
import { readSpeedRows } from "./rows/speed-row.ts";

const DATA = "../shared/data/speed";

/** Devices are left out in this many groups, which is quicker than one by one (`npm run speed:fit`) and a little harder. */
const GROUP_COUNT = 4;
const TIMEOUT_MS = 240_000;

/** Which group a device is left out with: its name's letters, so that it does not depend on the order of rows. */
function groupOf(cell: Cell): string {
  const sum = Array.from(deviceOf(cell), (letter) => letter.charCodeAt(0)).reduce(
    (total, code) => total + code,
    0,
  );
  return String(sum % GROUP_COUNT);
}

function accuracyByClass(test: Test): ReadonlyMap<string, ClassAccuracy> {
  const cells = cellsToFit(toCells(readSpeedRows(DATA), SHIPPED, DATA), test);
  const outcomes = outcomesOf(leaveDevicesOut(cells, test, groupOf), "current");
  return new Map(accuracies(outcomes, test).map((accuracy) => [accuracy.name, accuracy]));
}

interface Target {
  readonly name: string;
  readonly medianError: number;
  readonly p90Error?: number;
}

const DECODE: readonly Target[] = [
  { name: "dense", medianError: 0.08, p90Error: 0.3 },
  { name: "mixture", medianError: 0.18, p90Error: 0.5 },
  { name: "8k to 32k", medianError: 0.15 },
  { name: "layer split", medianError: 0.12 },
  { name: "processor", medianError: 0.2 },
  { name: "experts in RAM", medianError: 0.2 },
];

const PREFILL: readonly Target[] = [{ name: "dense and mixture", medianError: 0.2, p90Error: 0.6 }];

/** The 80 % interval is neither narrower nor wider than it says, by class. */
const COVERAGE = { least: 0.75, most: 0.88 } as const;

describe.skipIf(!existsSync(DATA))("devices that a fit did not see, as current builds", () => {
  test.each<[Test, readonly Target[]]>([
    ["decode", DECODE],
    ["prefill", PREFILL],
  ])(
    "%s",
    (name, targets) => {
      const of = accuracyByClass(name);
      for (const target of targets) {
        const reached = of.get(target.name);
        expect(reached?.medianError, target.name).toBeLessThanOrEqual(target.medianError);
        expect(reached?.p90Error, target.name).toBeLessThanOrEqual(target.p90Error ?? 1);
        expect(reached?.medianError, target.name).toBeLessThan(reached?.plainMedianError ?? 0);
        expect(reached?.coverage, target.name).toBeGreaterThanOrEqual(COVERAGE.least);
        expect(reached?.coverage, target.name).toBeLessThanOrEqual(COVERAGE.most);
      }
      const main = of.get(targets[0]?.name ?? "");
      expect(main?.medianError).toBeLessThan((main?.plainMedianError ?? 0) / 2);
    },
    TIMEOUT_MS,
  );
});

describe("the README's table of speeds", () => {
  const readme = readFileSync("README.md", "utf8");
  const rows = readSpeedTable(readme);

  test.each([
    ["writing, dense, one accelerator", 8, 30],
    ["writing, mixture of experts, one accelerator", 18, 50],
    ["writing after 8k to 32k tokens", 15, 100],
    ["writing, layers split over several cards", 12, 100],
    ["writing, processor alone", 20, 100],
    ["writing, experts in RAM", 20, 100],
    ["reading a prompt, one accelerator", 20, 60],
  ])("%s: what was promised is reached", (label, median, p90) => {
    const row = rows.get(label) ?? {};
    expect(row.median).toBeLessThanOrEqual(median);
    expect(row["90th percentile"]).toBeLessThanOrEqual(p90);
    expect(row["in the range"]).toBeGreaterThanOrEqual(75);
    expect(row["in the range"]).toBeLessThanOrEqual(88);
  });

  test("it is of the same fit as the constants that ship", () => {
    const rowsOf = (label: string): number | undefined => rows.get(label)?.rows;
    const spread = (part: SpreadPart): number | undefined =>
      SHIPPED.speed?.spreads.find((candidate) => candidate.part === part && candidate.backend === null)
        ?.rowCount;
    expect(rowsOf("writing, processor alone")).toBe(spread("decode-processor"));
    expect(rowsOf("writing, experts in RAM")).toBe(spread("decode-experts-in-ram"));
    expect(rowsOf("reading, processor alone")).toBe(spread("prefill-processor"));
  });

  test("writing it again changes nothing but what is between its marks", () => {
    const other = withSpeedTable(readme, { decode: [], prefill: [] });
    expect(readSpeedTable(other).size).toBe(0);
    expect(withSpeedTable(other, { decode: [], prefill: [] })).toBe(other);
  });
});
