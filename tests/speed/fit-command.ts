import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { loadCatalog } from "#catalog/load.ts";
import { toCells, type Cell } from "./cells.ts";
import { toConstants } from "./fit/constants.ts";
import { leaveDevicesOut, outcomesOf } from "./fit/left-out.ts";
import { fitOtherRuntimes } from "./fit/other-runtimes.ts";
import { cellsToFit, fitProblem, type Test } from "./fit/problems.ts";
import { robustFit } from "./fit/robust-fit.ts";
import { calibrateSpreads, type Outcome } from "./fit/spreads.ts";
import { withinDeviceSpread } from "./fit/within-device.ts";
import { accuracies, reportLines } from "./report.ts";
import { withSpeedTable } from "./readme-table.ts";
import { readSpeedRows } from "./rows/speed-row.ts";

const DATA = "../shared/data/speed";
const README = "README.md";
const CONSTANTS = "catalog/runtimes/speed.json";

/** Fits the constants anew, prints how far off devices are that a fit did not see, and writes both down. */
export async function run(): Promise<void> {
  if (!existsSync(DATA)) throw new Error(`the measured rates are expected in ${DATA}`);
  const catalog = await loadCatalog("catalog");
  const cells = toCells(readSpeedRows(DATA), catalog, DATA);
  const decodeCells = cellsToFit(cells, "decode");
  const prefillCells = cellsToFit(cells, "prefill");
  const decode = robustFit(fitProblem(decodeCells, "decode"));
  const prefill = robustFit(fitProblem(prefillCells, "prefill"));
  const decodeLeftOut = leftOutReport(decodeCells, "decode");
  const prefillLeftOut = leftOutReport(prefillCells, "prefill");
  const spreads = [
    ...calibrateSpreads(decodeLeftOut, "decode"),
    ...calibrateSpreads(prefillLeftOut, "prefill"),
  ];
  const withinDevice = {
    decode: withinDeviceSpread(decodeLeftOut),
    prefill: withinDeviceSpread(prefillLeftOut),
  };
  const others = fitOtherRuntimes(cells, decode);
  const constants = toConstants({
    decode,
    prefill,
    decodeCells,
    prefillCells,
    others,
    spreads,
    withinDevice,
  });
  await writeFile(CONSTANTS, `${JSON.stringify(constants, null, 2)}\n`);
  const reached = {
    decode: accuracies(decodeLeftOut, "decode"),
    prefill: accuracies(prefillLeftOut, "prefill"),
  };
  await writeFile(README, withSpeedTable(await readFile(README, "utf8"), reached));
  print([`written to ${CONSTANTS} and the table of ${README}`]);
}

/** Prints how well each class is predicted, and hands on what the fits say of current builds. */
function leftOutReport(cells: readonly Cell[], test: Test): readonly Outcome[] {
  const leftOut = leaveDevicesOut(cells, test);
  for (const age of ["as measured", "current"] as const) {
    const build = age === "current" ? "as a current build" : "for the row's own build";
    print(
      reportLines(
        `${test}, each device left out, predicted ${build}`,
        accuracies(outcomesOf(leftOut, age), test),
      ),
    );
  }
  return outcomesOf(leftOut, "current");
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join("\n")}\n`);
}
