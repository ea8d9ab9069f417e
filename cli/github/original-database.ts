import { createConnection, type RowDataPacket } from "mysql2/promise";

/** The documented tables of the original (contract section 1), in the order in which they are imported. */
export const ORIGINAL_TABLES = ["repos", "branches", "commits", "workflows", "workflowruns"] as const;
export type OriginalTable = (typeof ORIGINAL_TABLES)[number];

/** A row as the original holds it: names of columns in lower case, numbers and times as they are printed. */
export type OriginalRow = Readonly<Record<string, string | null>>;

/** A running original. */
export type OriginalDatabase = {
  count(table: OriginalTable): Promise<number>;
  /** Up to `limit` rows whose `Id` is above `after`, by `Id`. */
  list(table: OriginalTable, after: string, limit: number): Promise<OriginalRow[]>;
  end(): Promise<void>;
};

const CONNECT_TIMEOUT_MS = 10_000;

/** Opens an original's MySQL or MariaDB. Throws when it does not answer or refuses the user. */
export async function openOriginal(url: string): Promise<OriginalDatabase> {
  const connection = await createConnection({
    uri: url.replace(/^mariadb:/, "mysql:"),
    connectTimeout: CONNECT_TIMEOUT_MS,
    // Ids beyond 2^53 and times without a zone stay what they are.
    typeCast: (field, next) => (field.type === "BIT" ? next() : field.string()),
  });
  const query = async (sql: string, values: readonly (string | number)[] = []) => {
    const [rows] = await connection.query<RowDataPacket[]>(sql, [...values]);
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name.toLowerCase(), value])),
    );
  };
  return {
    async count(table) {
      const [row] = await query(`SELECT COUNT(*) AS total FROM ${table}`);
      return Number(row?.total);
    },
    list: (table, after, limit) =>
      query(`SELECT * FROM ${table} WHERE Id > ? ORDER BY Id LIMIT ?`, [Number(after), limit]),
    end: () => connection.end(),
  };
}
