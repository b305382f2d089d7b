/** Solves a symmetric positive definite system by elimination with pivots; the matrix is left as it is. */
export function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  const rows = matrix.map((row, index) => Float64Array.from([...row, right[index] ?? 0]));
  for (let column = 0; column < size; column += 1) {
    moveLargestUp(rows, column);
    eliminateBelow(rows, column);
  }
  return substituteBack(rows);
}

function moveLargestUp(rows: Float64Array[], column: number): void {
  let pivot = column;
  for (let row = column + 1; row < rows.length; row += 1) {
    if (Math.abs(cell(rows, row, column)) > Math.abs(cell(rows, pivot, column))) pivot = row;
  }
  const [upper, lower] = [rows[column], rows[pivot]];
  if (upper === undefined || lower === undefined) return;
  rows[column] = lower;
  rows[pivot] = upper;
}

function eliminateBelow(rows: readonly Float64Array[], column: number): void {
  const pivot = rows[column];
  if (pivot === undefined) return;
  for (const row of rows.slice(column + 1)) {
    const factor = (row[column] ?? 0) / (pivot[column] ?? 1);
    if (factor === 0) continue;
    for (let index = column; index < row.length; index += 1) {
      row[index] = (row[index] ?? 0) - factor * (pivot[index] ?? 0);
    }
  }
}

function substituteBack(rows: readonly Float64Array[]): Float64Array {
  const size = rows.length;
  const answer = new Float64Array(size);
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = cell(rows, row, size);
    for (let column = row + 1; column < size; column += 1) {
      rest -= cell(rows, row, column) * (answer[column] ?? 0);
    }
    answer[row] = rest / cell(rows, row, row);
  }
  return answer;
}

function cell(rows: readonly Float64Array[], row: number, column: number): number {
  return rows[row]?.[column] ?? 0;
}
