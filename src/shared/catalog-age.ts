import { formatDay } from "./format.ts";
import { say } from "#words/say.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** In two months more models have come out than a person wants to miss. */
const OLD_AFTER_DAYS = 60;

/** How old the catalog of a day (`2026-11-25`) is on another one; null where that is not known, or lies ahead. */
export function catalogAgeDays(date: string | null, now: Date): number | null {
  const madeMs = date === null ? NaN : Date.parse(`${date}T00:00:00Z`);
  const days = Math.floor((now.getTime() - madeMs) / DAY_MS);
  return Number.isInteger(days) && days >= 0 ? days : null;
}

/** "Catalog of 2026-11-25, 3 days old". */
export function catalogAgeText(date: string | null, now: Date): string {
  const days = catalogAgeDays(date, now);
  if (date === null) return say("Catalog of an unknown day");
  const values = { date: formatDay(date) };
  if (days === null) return say("Catalog of {date}", values);
  if (days === 0) return say("Catalog of {date}, today", values);
  return say("Catalog of {date}, {days, plural, one {# day} other {# days}} old", { ...values, days });
}

/** True where a refresh would be worth its while. */
export function isOldCatalog(date: string | null, now: Date): boolean {
  return (catalogAgeDays(date, now) ?? 0) >= OLD_AFTER_DAYS;
}
