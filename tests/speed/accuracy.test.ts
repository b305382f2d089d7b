import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SHIPPED } from "../catalog/shipped.ts";
import { deviceOf, toCells, type Cell } from "./cells.ts";
import type { ClassAccuracy } from "./fit/evaluate.ts";
import { leaveDevicesOut, outcomesOf } from "./fit/left-out.ts";
import { cellsToFit, type Test } from "./fit/problems.ts";
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

describe.skipIf(!existsSync(DATA))("devices that a fit did not see, as current builds", () => {
  test(
    "decoding",
    () => {
      const of = accuracyByClass("decode");
      for (const [name, medianError, p90Error] of [
        ["dense", 0.08, 0.3],
        ["mixture", 0.18, 0.5],
        ["layer split", 0.12, 1],
        ["processor", 0.2, 1],
        ["experts in RAM", 0.2, 1],
      ] as const) {
        expect(of.get(name)?.medianError, name).toBeLessThanOrEqual(medianError);
        expect(of.get(name)?.p90Error, name).toBeLessThanOrEqual(p90Error);
      }
      const dense = of.get("dense");
      expect(dense?.medianError).toBeLessThan((dense?.plainMedianError ?? 0) / 2);
      expect(dense?.coverage).toBeGreaterThan(0.7);
    },
    TIMEOUT_MS,
  );

  test(
    "prompts",
    () => {
      const all = accuracyByClass("prefill").get("dense and mixture");
      expect(all?.medianError).toBeLessThanOrEqual(0.2);
      expect(all?.p90Error).toBeLessThanOrEqual(0.6);
    },
    TIMEOUT_MS,
  );
});
