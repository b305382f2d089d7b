import { expect, test } from "vitest";
import { catalogAgeText, isOldCatalog } from "#shared/catalog-age.ts";

const ROWS: readonly (readonly [date: string | null, now: string, text: string, isOld: boolean])[] = [
  [null, "2026-11-25T10:00:00Z", "Catalog of an unknown day", false],
  ["2026-11-25", "2026-11-25T23:59:59Z", "Catalog of 2026-11-25, today", false],
  ["2026-11-25", "2026-11-26T00:00:00Z", "Catalog of 2026-11-25, 1 day old", false],
  ["2026-11-25", "2027-01-23T12:00:00Z", "Catalog of 2026-11-25, 59 days old", false],
  ["2026-11-25", "2027-01-24T12:00:00Z", "Catalog of 2026-11-25, 60 days old", true],
  ["2099-01-01", "2026-11-25T10:00:00Z", "Catalog of 2099-01-01", false],
  ["not a day", "2026-11-25T10:00:00Z", "Catalog of not a day", false],
];

test.each(ROWS)("%s on %s", (date, now, text, isOld) => {
  expect(catalogAgeText(date, new Date(now))).toBe(text);
  expect(isOldCatalog(date, new Date(now))).toBe(isOld);
});
