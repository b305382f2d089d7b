import { expect, test } from "vitest";
import { reportCsv } from "../../src/report/csv.ts";
import type { ReportVerdict } from "../../src/report/report.ts";
import { csvRows, textOf } from "../fixtures/read-csv.ts";
import { REPORT_MACHINES, reportOn } from "./reports.ts";
import { SMALL_REPORT, UNKNOWN_ROW } from "./small-report.ts";

test("one row a model in base units; what is not known is empty, and lines end as RFC 4180 says", () => {
  expect(reportCsv(SMALL_REPORT).split("\r\n")).toEqual([
    "model_id,model_name,developer,parameter_count,verdict,recommended_as,quantization,context_length_tokens,placement,memory_total_bytes,weights_bytes,kv_cache_bytes,decode_tokens_per_second_low,decode_tokens_per_second_mid,decode_tokens_per_second_high,quality_index,quality_low,quality_high,quality_evidence,licence,commercial_use",
    "small-8b,Small 8B,Maker,8030261248,needs-quantization,best answer,Q4_K_M,8192,single,6442450944,5368709120,1073741824,83.12,96,110,50,48,52,measured,Apache-2.0,yes",
    'odd,Odd | *one*,"Maker, and Sons",,unknown,,,8192,none,,,,,,,,,,,,unknown',
    "",
  ]);
});

function nameCell(modelName: string): string {
  const row: ReportVerdict = { ...UNKNOWN_ROW, modelName, developer: "x" };
  return (
    reportCsv({ ...SMALL_REPORT, verdicts: [row] })
      .split(",x,")[0]
      ?.split("\r\nodd,")[1] ?? ""
  );
}

test.each([
  ["=1+1", "'=1+1"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ["\r=1", `"'\r=1"`],
  [" =1", "' =1"],
  ["\uff1d1", "'\uff1d1"],
  ['=HYPERLINK("https://example.org","x")', `"'=HYPERLINK(""https://example.org"",""x"")"`],
  ['say "a"', '"say ""a"""'],
  ["a\nb", '"a\nb"'],
  ["a-b", "a-b"],
])("%j is the text %j, never a formula", (name, cell) => expect(nameCell(name)).toBe(cell));

test.each(REPORT_MACHINES)("reads back with a row for every model: %s", (name) => {
  const report = reportOn(name);
  const rows = csvRows(reportCsv(report));
  expect(rows.map((row) => textOf(row, "model_id"))).toEqual(report.verdicts.map(({ modelId }) => modelId));
  const best = report.answer.picks[0];
  expect(rows.find((row) => textOf(row, "recommended_as") === "best answer")?.get("model_id")).toBe(
    best?.modelId,
  );
});
