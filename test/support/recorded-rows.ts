import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as z from "zod";

const RECORDINGS = join(import.meta.dirname, "..", "conformance", "recordings");
const Rows = z.record(z.string(), z.array(z.record(z.string(), z.unknown())));
/** Rows by documented table. */
export type Rows = z.infer<typeof Rows>;

/** The recorded rows: what a scrape of the recorded repositories must give; of one repository when it is named. */
export function recordedRows(repo?: string, recordings = RECORDINGS): Rows {
  const file = join(recordings, "github", "seed", "github-iree-like.rows.json.gz");
  const rows = Rows.parse(JSON.parse(gunzipSync(readFileSync(file)).toString()));
  if (repo === undefined) return rows;
  const isOf = (row: Record<string, unknown>, table: string) => (table === "repos" ? row.name : row.repo) === repo;
  return Object.fromEntries(
    Object.entries(rows).map(([table, list]) => [table, list.filter((row) => isOf(row, table))]),
  );
}
