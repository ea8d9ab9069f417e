/** A row as documented columns and their values. */
export type Row = Readonly<Record<string, unknown>>;

/** Rows of each table as texts, sorted: members of a row by name, and rows by their text. */
export type TableRows = ReadonlyMap<string, readonly string[]>;

/** Rows as they are compared. */
export function asTexts(tables: Readonly<Record<string, readonly Row[]>>): TableRows {
  return new Map(Object.entries(tables).map(([table, rows]) => [table, rows.map(sortedText).sort()]));
}

function sortedText(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
