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
  if (date === null) return "Catalog of an unknown day";
  if (days === null) return `Catalog of ${date}`;
  if (days === 0) return `Catalog of ${date}, today`;
  return days === 1 ? `Catalog of ${date}, 1 day old` : `Catalog of ${date}, ${days} days old`;
}

/** True where a refresh would be worth its while. */
export function isOldCatalog(date: string | null, now: Date): boolean {
  return (catalogAgeDays(date, now) ?? 0) >= OLD_AFTER_DAYS;
}
