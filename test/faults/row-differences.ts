import type { TableRows } from "./model/rows.ts";

/** The rows that only one side has, table by table; no lines when both are equal. */
export function differences(found: TableRows, wanted: TableRows): string[] {
  return [...wanted].flatMap(([table, rows]) => {
    const others = found.get(table) ?? [];
    const missing = onlyIn(rows, others);
    const extra = onlyIn(others, rows);
    return [
      ...missing.map((row) => `${table} lacks ${row.slice(0, 400)}`),
      ...extra.map((row) => `${table} has ${row.slice(0, 400)}`),
    ];
  });
}

function onlyIn(rows: readonly string[], others: readonly string[]): string[] {
  const known = new Map<string, number>();
  for (const row of others) known.set(row, (known.get(row) ?? 0) + 1);
  return rows.filter((row) => {
    const left = known.get(row) ?? 0;
    known.set(row, left - 1);
    return left <= 0;
  });
}
