/**
 * Keeps one row for each key, the newest by `order`; of equal ones the later in the list. A statement may touch a row
 * only once, so what a batch says twice is folded before it is written. The result is sorted by key.
 */
export function newest<R>(rows: readonly R[], key: (row: R) => string, order: (row: R) => (string | number)[]): R[] {
  const kept = new Map<string, { row: R; rank: (string | number)[] }>();
  for (const row of rows) {
    const rank = order(row);
    const other = kept.get(key(row));
    if (other === undefined || compare(rank, other.rank) >= 0) kept.set(key(row), { row, rank });
  }
  return [...kept.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { row }]) => row);
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  for (const [i, left] of a.entries()) {
    const right = b[i];
    if (right === undefined || left === right) continue;
    return left < right ? -1 : 1;
  }
  return 0;
}
