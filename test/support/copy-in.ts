import { once } from "node:events";
import { type Pool, Query } from "pg";

type CopyTarget = { sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void };

/** One value in COPY's text format. */
function copied(value: string | boolean | null): string {
  if (value === null) return "\\N";
  const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };
  return String(value).replace(/[\\\n\r\t]/g, (character) => escapes[character] ?? character);
}

/** Fills a table by one `COPY … FROM stdin`, as psql does with a dump; throws what the database says. */
export async function copyIn(
  pool: Pool,
  into: string,
  rows: readonly (readonly (string | boolean | null)[])[],
): Promise<void> {
  const lines = rows.map((row) => `${row.map(copied).join("\t")}\n`);
  const copy = Object.assign(new Query(`copy ${into} from stdin`), {
    handleCopyInResponse(connection: CopyTarget) {
      connection.sendCopyFromChunk(Buffer.from(lines.join("")));
      connection.endCopyFrom();
    },
  });
  const client = await pool.connect();
  try {
    client.query(copy);
    await once(copy, "end");
  } finally {
    client.release();
  }
}
