import { fixedText, numberText } from "#words/numbers.ts";
import { say } from "#words/say.ts";
import { spoken } from "#words/spoken.ts";
import { bytesToGb, bytesToGib, bytesToMib, onesToTera } from "#engine/units.ts";

const MIB_PER_GIB = 1024; // below 1 GiB memory is shown in MiB
const TOKENS_PER_K = 1024;
const K_PER_M = 1024;
const SECONDS_PER_MINUTE = 60;

/** Memory: "23.5 GiB", or "812 MiB" where that rounds below 1 GiB. What is there but rounds to nothing says so. */
export function formatMemory(bytes: number): string {
  const mib = Math.round(bytesToMib(bytes));
  if (mib >= MIB_PER_GIB) return `${gibText(bytesToGib(bytes))} GiB`;
  return mib === 0 && bytes > 0 ? say("under 1 MiB") : `${mib} MiB`;
}

/** From a thousand on with groups: "1,953.1". */
function gibText(gib: number): string {
  const style = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  return gib < 999.95 ? fixedText(gib, 1) : numberText(gib, style);
}

/** A file or download: "4.9 GB", decimal as hubs print it. */
export function formatFileSize(bytes: number): string {
  return `${fixedText(bytesToGb(bytes), 1)} GB`;
}

/**
 * Parameters, to three digits: "8.03 B", "70.6 B", "494 M". A count that ends in zeros is a rounded label, and what it
 * rounds away is not known: 7,000,000,000 is "7 B", never "7.00 B".
 */
export function formatParameterCount(count: number): string {
  const millions = count / 1e6;
  if (Math.round(millions) < 1000) return `${Math.round(millions)} M`;
  return Math.round(count / 1e9) < 1000 ? `${threeDigits(count, 9)} B` : `${threeDigits(count, 12)} T`;
}

/** True where a count is stated with fewer digits than it has, as makers label models. */
export function isRoundedCount(count: number): boolean {
  return trailingZeroCount(count) >= 6; // an exact count ends so once in a million times
}

/** In units of ten to that power, with no digit that the count does not have. */
function threeDigits(count: number, power: number): string {
  const value = count / 10 ** power;
  const wanted = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
  return fixedText(value, Math.min(wanted, Math.max(0, power - trailingZeroCount(count))));
}

function trailingZeroCount(count: number): number {
  return /0*$/.exec(String(count))?.[0].length ?? 0;
}

/** A context in full: "131,072 tokens". */
export function formatContext(tokenCount: number): string {
  return say("{count, plural, one {# token} other {# tokens}}", { count: tokenCount });
}

/** A context in short: "128K", "1M", 1024-based; exact where it is no multiple of 1024. */
export function formatContextShort(tokenCount: number): string {
  if (tokenCount % TOKENS_PER_K !== 0) return numberText(tokenCount);
  const thousands = tokenCount / TOKENS_PER_K;
  return thousands % K_PER_M === 0 ? `${thousands / K_PER_M}M` : `${thousands}K`;
}

/** Memory bandwidth: "1008 GB/s", decimal as makers publish it. */
export function formatBandwidth(bytesPerSecond: number): string {
  return `${fixedText(bytesToGb(bytesPerSecond), 0)} GB/s`;
}

/** A measured bandwidth, which is no more exact than two digits: "15 GB/s", "7.1 GB/s". */
export function formatMeasuredBandwidth(bytesPerSecond: number): string {
  return `${numberText(Number(bytesToGb(bytesPerSecond).toPrecision(2)), { useGrouping: false })} GB/s`;
}

/** Memory in a sum: "23.99 GiB" on every line, so that a person can add the lines up. */
export function formatMemoryInSum(bytes: number): string {
  return `${fixedText(bytesToGib(bytes), 2)} GiB`;
}

/** A rate or time that is estimated: two digits, "0.45", "38", "1,200". */
function twoDigits(value: number): string {
  return numberText(value, { maximumSignificantDigits: 2 });
}

/** Ends of an interval: "83 to 110"; where both read the same, that once. */
function formatSpan(low: string, high: string): string {
  return low === high ? low : say("{low} to {high}", { low, high });
}

/** An interval of tokens per second, two digits each: "83 to 110". The heading or the sentence says the unit. */
export function formatRateRange({ low, high }: { readonly low: number; readonly high: number }): string {
  return formatSpan(twoDigits(low), twoDigits(high));
}

/** One rate: "96 tokens/s". */
export function formatRate(tokensPerSecond: number): string {
  return say("{rate} tokens/s", { rate: twoDigits(tokensPerSecond) });
}

/** A measured rate, as it was read: "93.5 tokens/s". */
export function formatMeasuredRate(tokensPerSecond: number): string {
  return say("{rate} tokens/s", { rate: numberText(tokensPerSecond, { maximumSignificantDigits: 4 }) });
}

/** An interval of waiting: "0.15 to 0.22 s", "4.1 to 6.3 min". */
export function formatWaitRange({ low, high }: { readonly low: number; readonly high: number }): string {
  const isLong = low >= 2 * SECONDS_PER_MINUTE;
  const scale = isLong ? SECONDS_PER_MINUTE : 1;
  return `${formatSpan(twoDigits(low / scale), twoDigits(high / scale))} ${isLong ? "min" : "s"}`;
}

/** Throughput: "165 TFLOPS", as makers publish it. */
export function formatFlops(flops: number): string {
  const tera = onesToTera(flops);
  return `${fixedText(tera, tera < 99.95 ? 1 : 0)} TFLOPS`;
}

/** A moment in this computer's time, as "2026-11-25 14:30:05"; what is no moment stays as it was written. */
export function formatMoment(moment: string): string {
  const date = new Date(moment);
  if (Number.isNaN(date.getTime())) return moment;
  return `${formatDay(localDay(date))} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}

function localDay(date: Date): string {
  return [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

/** A day such as "2026-11-25" as the language that is spoken writes it; in English as it is, which nobody misreads. */
export function formatDay(day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  const { tag, locale } = spoken();
  if (tag === "en" || Number.isNaN(time)) return day;
  return new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeZone: "UTC" }).format(time);
}

/** The same for somebody who reads it at another moment: of that very day only the time is told, "14:30:05". */
export function formatMomentFor(moment: string, now: string): string {
  const [text, day] = [formatMoment(moment), formatDay(localDay(new Date(now)))];
  return text.startsWith(`${day} `) ? text.slice(day.length + 1) : text;
}
