import { readFileSync } from "node:fs";
import path from "node:path";
import { format, resolveConfig } from "prettier";
import { expect, test } from "vitest";
import { z } from "zod";
import { changesBetween } from "../../src/report/changes.ts";
import { reportJson } from "../../src/report/json.ts";
import type { Report } from "../../src/report/report.ts";
import { reportSchema } from "./report-schema.ts";
import { REPORT_MACHINES, reportOn } from "./reports.ts";
import { SMALL_REPORT } from "./small-report.ts";

const PUBLISHED = path.join(import.meta.dirname, "../../resources/report.schema.json");

/** Written anew by `npx vitest run --config tests/vitest.config.ts tests/report/json.test.ts -u`, and read in review. */
test("the published schema is that of the report", async () => {
  const schema = z.toJSONSchema(reportSchema, {
    // New fields do not raise the version, so that a reader must bear them.
    override: ({ jsonSchema }) => {
      delete jsonSchema.additionalProperties;
    },
  });
  const options = { ...(await resolveConfig(PUBLISHED)), filepath: PUBLISHED };
  await expect(await format(JSON.stringify(schema), options)).toMatchFileSnapshot(PUBLISHED);
});

function published(): z.ZodType {
  return z.fromJSONSchema(
    JSON.parse(readFileSync(PUBLISHED, "utf8")) as Parameters<typeof z.fromJSONSchema>[0],
  ); // our own file
}

test.each(REPORT_MACHINES)("a report is as the published schema says: %s", (name) => {
  const json: unknown = JSON.parse(reportJson(reportOn(name)));
  expect(published().safeParse(json).error?.issues ?? []).toEqual([]);
  expect(reportSchema.safeParse(json).error?.issues ?? []).toEqual([]);
});

test("so is one that says what changed; and one with a field too few is not; one with a field more is", () => {
  const since = "2026-10-01T00:00:00.000Z";
  const changes = changesBetween(
    { ...SMALL_REPORT, versions: { fitment: "0", catalogDate: null } },
    SMALL_REPORT,
  );
  const report: Report = { ...SMALL_REPORT, changes: { since, changes } };
  const schema = published();
  expect(schema.safeParse(JSON.parse(reportJson(report))).success).toBe(true);
  expect(schema.safeParse({ ...report, extra: 1 }).success).toBe(true);
  expect(schema.safeParse({ ...report, methods: undefined }).success).toBe(false);
});

test.each(REPORT_MACHINES)("parts add up to their whole, on every device and in all: %s", (name) => {
  for (const { memory, devices } of reportOn(name).answer.picks) {
    const sum = (parts: readonly { readonly bytes: number }[]) =>
      parts.reduce((all, { bytes }) => all + bytes, 0);
    expect(sum(memory?.parts ?? [])).toBe(memory?.totalBytes);
    for (const { parts, freeParts, usedBytes, capacityBytes } of devices) {
      expect(sum(parts)).toBe(usedBytes);
      expect(sum(parts) + sum(freeParts)).toBe(capacityBytes);
    }
  }
});
