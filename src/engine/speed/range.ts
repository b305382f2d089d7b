import type { Range } from "./interval.ts";

/** Each figure changed alike; what changes them must keep their order. */
export function mapRange(range: Range, change: (value: number) => number): Range {
  return { low: change(range.low), mid: change(range.mid), high: change(range.high) };
}

/** Times to rates: the longest time is the lowest rate. */
export function invertRange(range: Range, amount: number): Range {
  return { low: amount / range.high, mid: amount / range.mid, high: amount / range.low };
}
