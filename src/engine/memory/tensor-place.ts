/**
 * The classes of `count` places of a model: tensors of one kind at places of one class are stored alike, since no rule
 * of `tensor-mixture.ts` tells them apart. Spares asking of each of a hundred layers.
 */
export function placeClasses(count: number): readonly number[] {
  const known = classesByCount.get(count);
  if (known !== undefined) return known;
  const classes = Array.from({ length: count + 1 }, (_unused, index) => placeClass(index, count));
  classesByCount.set(count, classes);
  return classes;
}

const classesByCount = new Map<number, readonly number[]>();

/** All that the rules ask of a place, as bits. */
function placeClass(index: number, count: number): number {
  const seen = [
    index < 2,
    index < 4,
    index < Math.floor(count / 16),
    index < Math.floor(count / 8),
    index < Math.floor((7 * count) / 8),
    deservesMoreBits(index, count),
  ];
  return seen.reduce((sum, is, bit) => sum + (is ? 2 ** bit : 0), 0);
}

/** The first and last eighth, and every third in between (llama.cpp's `use_more_bits`, `src/llama-quant.cpp`). */
export function deservesMoreBits(index: number, count: number): boolean {
  const eighth = Math.floor(count / 8);
  return index < eighth || index >= Math.floor((7 * count) / 8) || (index - eighth) % 3 === 2;
}
