import { existsSync } from "node:fs";
import { MEASURED_FOLDER, modelFinder } from "./rows/catalog-models.ts";
import { memoryClasses } from "./memory-classes.ts";
import { fitCounts } from "./fits.ts";
import { vllmRooms } from "./serving.ts";
import { summarise } from "./statistics.ts";

/** Prints how far the engine's figures are from measured ones, class by class; true where there was data. */
export async function printMemoryReport(print: (line: string) => void): Promise<boolean> {
  if (!existsSync(MEASURED_FOLDER)) {
    print("The measured rows are not on this machine.");
    return false;
  }
  const findModel = await modelFinder();
  print(["class".padEnd(46), ...["rows", "median", "90th", "95th", "worst", "bias"].map(cell)].join(""));
  const classes = [
    ...memoryClasses(findModel),
    { name: "vLLM: room for keys and values", comparisons: await vllmRooms(findModel) },
  ];
  for (const { name, comparisons } of classes) {
    const { count, median, percentile90, percentile95, worst, bias } = summarise(comparisons);
    const figures = [median, percentile90, percentile95, worst, bias].map(percent);
    print([name.padEnd(46), cell(String(count)), ...figures.map(cell)].join(""));
  }
  for (const { engine, fitted, refused, failed, placed } of await fitCounts(findModel)) {
    print(
      `${engine}: of ${fitted} loads that fitted ${refused} refused; of ${failed} that ran out of memory ${placed} placed`,
    );
  }
  return true;
}

function cell(text: string): string {
  return text.padStart(9);
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}
