import { existsSync } from "node:fs";
import { heldOut, heldOutFits } from "./held-out.ts";
import { MEASURED_FOLDER, modelFinder } from "./rows/catalog-models.ts";
import { MEASURED_WHOLE, memoryClasses, type MemoryClass } from "./memory-classes.ts";
import { fitCounts, type FitCount } from "./fits.ts";
import { VLLM_ROOM, vllmRooms } from "./serving.ts";
import { summarise } from "./statistics.ts";

/** Prints how far the engine's figures are from measured ones, class by class; true where there was data. */
export async function printMemoryReport(print: (line: string) => void): Promise<boolean> {
  if (!existsSync(MEASURED_FOLDER)) {
    print("The measured rows are not on this machine.");
    return false;
  }
  const findModel = await modelFinder();
  const classes = [...memoryClasses(findModel), { name: VLLM_ROOM, comparisons: await vllmRooms(findModel) }];
  print("All known rows; the engine's constants were chosen with these in view.");
  printClasses(classes, print);
  for (const count of await fitCounts(findModel)) print(countText(count));
  print("");
  print(
    "Rows of each half of the model families (loads: of the cards), with constants of the other half only.",
  );
  printClasses(
    classes
      .filter(({ name }) => FITTED.includes(name))
      .map(({ name, comparisons }) => ({ name, comparisons: heldOut(comparisons) })),
    print,
  );
  for (const count of await heldOutFits(findModel)) print(countText(count));
  return true;
}

/** Classes whose estimate has a constant of a process in it. */
const FITTED: readonly string[] = [MEASURED_WHOLE, VLLM_ROOM];

function printClasses(classes: readonly MemoryClass[], print: (line: string) => void): void {
  print(["class".padEnd(46), ...["rows", "median", "90th", "95th", "worst", "bias"].map(cell)].join(""));
  for (const { name, comparisons } of classes) {
    const { count, median, percentile90, percentile95, worst, bias } = summarise(comparisons);
    const figures = [median, percentile90, percentile95, worst, bias].map(percent);
    print([name.padEnd(46), cell(String(count)), ...figures.map(cell)].join(""));
  }
}

function countText({ engine, fitted, refused, failed, placed }: FitCount): string {
  return `${engine}: of ${fitted} loads that fitted ${refused} refused; of ${failed} that ran out of memory ${placed} placed`;
}

function cell(text: string): string {
  return text.padStart(9);
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}
