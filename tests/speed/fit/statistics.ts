/** The value below which that share of the (weighted) values lies, interpolated; NaN of none. */
export function quantile(
  values: readonly number[],
  share: number,
  weights: readonly number[] | null = null,
): number {
  const sorted = values
    .map((value, index) => ({ value, weight: weights?.[index] ?? 1 }))
    .sort((one, other) => one.value - other.value);
  const [first] = sorted;
  if (first === undefined) return Number.NaN;
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let below = -first.weight / 2;
  let previous = { at: 0, value: first.value };
  for (const { value, weight } of sorted) {
    const at = (below + weight) / total;
    below += weight;
    if (at >= share) {
      const part = at === previous.at ? 1 : (share - previous.at) / (at - previous.at);
      return previous.value + (value - previous.value) * Math.max(0, Math.min(1, part));
    }
    previous = { at, value };
  }
  return previous.value;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
