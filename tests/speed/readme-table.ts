import type { ClassAccuracy } from "./fit/evaluate.ts";
import type { Test } from "./fit/problems.ts";

/** A class as the README names it, and as `accuracies` does. */
interface Line {
  readonly test: Test;
  readonly name: string;
  readonly label: string;
}

const LINES: readonly Line[] = [
  { test: "decode", name: "dense", label: "writing, dense, one accelerator" },
  { test: "decode", name: "mixture", label: "writing, mixture of experts, one accelerator" },
  { test: "decode", name: "8k to 32k", label: "writing after 8k to 32k tokens" },
  { test: "decode", name: "very deep", label: "writing after more than 40k tokens" },
  { test: "decode", name: "layer split", label: "writing, layers split over several cards" },
  { test: "decode", name: "layer split, deep", label: "the same, after 4k and more" },
  { test: "decode", name: "processor", label: "writing, processor alone" },
  { test: "decode", name: "experts in RAM", label: "writing, experts in RAM" },
  { test: "decode", name: "layers in RAM", label: "writing, layers in RAM" },
  { test: "prefill", name: "dense and mixture", label: "reading a prompt, one accelerator" },
  { test: "prefill", name: "8k to 32k", label: "reading after 8k to 32k tokens" },
  { test: "prefill", name: "layer split", label: "reading, layers split over several cards" },
  { test: "prefill", name: "processor", label: "reading, processor alone" },
  { test: "prefill", name: "experts in RAM", label: "reading, experts in RAM" },
];

const START = "<!-- speed accuracy: written by npm run speed:fit -->";
const END = "<!-- end of speed accuracy -->";

/** The README with the figures of a fit in the place of its table. */
export function withSpeedTable(
  readme: string,
  accuracies: Readonly<Record<Test, readonly ClassAccuracy[]>>,
): string {
  const start = readme.indexOf(START);
  const end = readme.indexOf(END);
  if (start < 0 || end < start) throw new Error(`README.md has no ${START} ... ${END}`);
  const rows = LINES.flatMap(({ test, name, label }) => {
    const found = accuracies[test].find((accuracy) => accuracy.name === name);
    return found === undefined ? [] : [[label, ...figures(found)]];
  });
  return `${readme.slice(0, start)}${START}\n\n${table([HEADER, ...rows])}\n\n${readme.slice(end)}`;
}

const HEADER = [
  "class",
  "rows",
  "devices",
  "median",
  "90th percentile",
  "in the range",
  "plain formula's median",
];

function figures(of: ClassAccuracy): readonly string[] {
  const shares = [of.medianError, of.p90Error, of.coverage, of.plainMedianError];
  return [String(of.rowCount), String(of.deviceCount), ...shares.map(percent)];
}

/** One decimal below 10 %, none above. */
function percent(share: number): string {
  const value = share * 100;
  return `${value.toFixed(value < 9.95 ? 1 : 0)} %`;
}

/** As Prettier writes tables, so that it finds nothing to change. */
function table([header = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(" | ")} |`;
  return [line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** The rows of the README's table, by label: rates and shares as they stand there, in percent. */
export function readSpeedTable(readme: string): ReadonlyMap<string, Readonly<Record<string, number>>> {
  const text = readme.slice(readme.indexOf(START), readme.indexOf(END));
  const [header = [], , ...rows] = text
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .map((line) =>
      line
        .slice(1, -1)
        .split("|")
        .map((cell) => cell.trim()),
    );
  return new Map(
    rows.map(([label = "", ...cells]) => [
      label,
      Object.fromEntries(cells.map((cell, index) => [header[index + 1] ?? "", Number.parseFloat(cell)])),
    ]),
  );
}
