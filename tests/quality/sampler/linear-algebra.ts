import { addTo, realAt } from "./arrays.ts";

/** A square matrix, row by row. */
export interface Matrix {
  readonly size: number;
  readonly values: Float64Array;
}

export function zeroMatrix(size: number): Matrix {
  return { size, values: new Float64Array(size * size) };
}

export function identity(size: number, scale = 1): Matrix {
  const matrix = zeroMatrix(size);
  for (let i = 0; i < size; i++) matrix.values[i * size + i] = scale;
  return matrix;
}

export function entry({ size, values }: Matrix, row: number, column: number): number {
  return realAt(values, row * size + column);
}

export function addToEntry({ size, values }: Matrix, row: number, column: number, amount: number): void {
  addTo(values, row * size + column, amount);
}

/** Lower triangle L with L·Lᵀ equal to the symmetric positive definite matrix. */
export function cholesky(matrix: Matrix): Matrix {
  const { size } = matrix;
  const lower = zeroMatrix(size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let rest = entry(matrix, row, column);
      for (let k = 0; k < column; k++) rest -= entry(lower, row, k) * entry(lower, column, k);
      const value = row === column ? Math.sqrt(rest) : rest / entry(lower, column, column);
      if (!Number.isFinite(value)) throw new Error("expected a positive definite matrix");
      lower.values[row * size + column] = value;
    }
  }
  return lower;
}

/** x with L·x = b. */
export function solveLower(lower: Matrix, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let row = 0; row < lower.size; row++) {
    let rest = realAt(x, row);
    for (let k = 0; k < row; k++) rest -= entry(lower, row, k) * realAt(x, k);
    x[row] = rest / entry(lower, row, row);
  }
  return x;
}

/** x with Lᵀ·x = b. */
export function solveUpper(lower: Matrix, b: Float64Array): Float64Array {
  const x = Float64Array.from(b);
  for (let row = lower.size - 1; row >= 0; row--) {
    let rest = realAt(x, row);
    for (let k = row + 1; k < lower.size; k++) rest -= entry(lower, k, row) * realAt(x, k);
    x[row] = rest / entry(lower, row, row);
  }
  return x;
}

/** Inverse of a symmetric positive definite matrix. */
export function inverse(matrix: Matrix): Matrix {
  const { size } = matrix;
  const lower = cholesky(matrix);
  const result = zeroMatrix(size);
  for (let column = 0; column < size; column++) {
    const unit = new Float64Array(size);
    unit[column] = 1;
    const x = solveUpper(lower, solveLower(lower, unit));
    for (let row = 0; row < size; row++) result.values[row * size + column] = realAt(x, row);
  }
  return result;
}

/** A draw from the normal distribution with that precision matrix and mean precision⁻¹·linear. */
export function drawNormal(precision: Matrix, linear: Float64Array, normal: () => number): Float64Array {
  const lower = cholesky(precision);
  const half = solveLower(lower, linear);
  for (let i = 0; i < half.length; i++) addTo(half, i, normal());
  return solveUpper(lower, half);
}
