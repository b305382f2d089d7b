/** Indexing that fails loudly: an index outside is a bug, never an undefined that turns into NaN. */
export function at<Value>(values: ArrayLike<Value>, index: number): Value {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no element ${index} of ${values.length}`);
  return value;
}

/** As `at`; one function a kind of array, because engines are slow where one place reads several kinds. */
export function realAt(values: Float64Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no element ${index} of ${values.length}`);
  return value;
}

/** As `realAt`, for whole numbers. */
export function wholeAt(values: Int32Array, index: number): number {
  const value = values[index];
  if (value === undefined) throw new RangeError(`no element ${index} of ${values.length}`);
  return value;
}

/** `values[index] += amount`. */
export function addTo(values: Float64Array, index: number, amount: number): void {
  values[index] = realAt(values, index) + amount;
}

export function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}

/** `[0, 1, …, count - 1]`. */
export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}

/** Position of each distinct key, in order of first appearance. */
export class Numbering {
  readonly keys: string[] = [];
  private readonly positions = new Map<string, number>();

  of(key: string): number {
    const known = this.positions.get(key);
    if (known !== undefined) return known;
    this.positions.set(key, this.keys.length);
    return this.keys.push(key) - 1;
  }

  find(key: string): number | null {
    return this.positions.get(key) ?? null;
  }
}

/** The values under each key, keys in order of first appearance. */
export function groupBy<Key, Value>(
  values: readonly Value[],
  keyOf: (value: Value) => Key,
): ReadonlyMap<Key, readonly Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
