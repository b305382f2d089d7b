import { at, range, sum } from "../sampler/arrays.ts";

/** Spearman's rank correlation; equal values share their mean rank. */
export function rankCorrelation(pairs: readonly (readonly [number, number])[]): number {
  const left = ranks(pairs.map(([value]) => value));
  const right = ranks(pairs.map(([, value]) => value));
  const middle = (pairs.length - 1) / 2;
  const product = (a: readonly number[], b: readonly number[]) =>
    sum(a.map((value, index) => (value - middle) * (at(b, index) - middle)));
  return product(left, right) / Math.sqrt(product(left, left) * product(right, right));
}

function ranks(values: readonly number[]): readonly number[] {
  const order = [...range(values.length)].sort((a, b) => at(values, a) - at(values, b));
  const rankOf = new Map<number, { total: number; count: number }>();
  order.forEach((index, rank) => {
    const shared = rankOf.get(at(values, index)) ?? { total: 0, count: 0 };
    rankOf.set(at(values, index), { total: shared.total + rank, count: shared.count + 1 });
  });
  return values.map((value) => {
    const shared = rankOf.get(value);
    return shared === undefined ? NaN : shared.total / shared.count;
  });
}
