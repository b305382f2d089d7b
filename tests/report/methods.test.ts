import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { METHODS } from "../../src/report/methods.ts";

const README = readFileSync(path.join(import.meta.dirname, "../../README.md"), "utf8");

/** Cells of the README's row of that class. */
function cells(label: string): readonly string[] {
  const line = README.split("\n").find((each) => each.startsWith(`| ${label} `)) ?? "";
  return line.split("|").map((cell) => cell.trim());
}

const said = METHODS.flatMap(({ sentences }) => sentences).join(" ");

test("the accuracy that a report states is the README's", () => {
  const [, , rows, median, ninth] = cells("whole memory on the device, as measured");
  expect(said).toContain(`off by ${median ?? "?"} in the median and by less than ${ninth ?? "?"} in nine`);
  expect(said).toContain(`(${rows ?? "?"} rows); files`);
  const [, , mixtures, mixtureMedian, mixtureNinth] = cells("the same, of publishers' own mixtures");
  expect(said).toContain(`by ${mixtureMedian ?? "?"} and ${mixtureNinth ?? "?"} (${mixtures ?? "?"} rows)`);
  const dense = cells("writing, dense, one accelerator")[4] ?? "?";
  const experts = cells("writing, mixture of experts, one accelerator")[4] ?? "?";
  expect(said).toContain(`off by ${dense} in the median for dense models and by ${experts} for mixtures`);
});

test("so are the loads that failed and those that fitted", () => {
  const flat = README.replaceAll(/\s+/g, " ");
  expect(flat).toMatch(
    /Of 43 loads that ran out of memory none is placed on the cards, and of 208 that fitted none is refused/,
  );
  expect(said).toContain(
    "Of 43 loads that ran out of memory none is placed on the cards, and of 208 that fitted none",
  );
});
