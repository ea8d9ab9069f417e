import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Pool } from "pg";
import type { Excerpt, Row, Sequence } from "./sequence.ts";

const TABLES = [
  "github.repos",
  "github.repo_names",
  "github.branches",
  "github.commits",
  "github.branch_commits",
  "github.workflows",
  "github.workflow_names",
  "github.runs",
  "github.run_counts",
  "github.attempts",
  "github.jobs",
  "github.pulls",
  "github.run_details",
  "github.scrapes",
  "github.scrape_runs",
  "github.hook_logs",
  "github.failed_deliveries",
  "github.run_repairs",
  "ledger.inbox",
  "ledger.repeats",
  "ledger.rejected",
  "ledger.waiting",
];

/** Empties every table that a sequence writes. */
export async function emptyStore(pool: Pool): Promise<void> {
  await pool.query(`truncate ${TABLES.join(", ")}`);
}

/** What differs between the documented tables and what a sequence expects; no lines when all is as it should be. */
export async function differences(pool: Pool, expect: Sequence["expect"]): Promise<string[]> {
  const wrong: string[] = [];
  for (const [table, wanted] of Object.entries(expect)) {
    const { rows } = await pool.query(`select to_jsonb(t) as row from public.${table} t`);
    const found: Row[] = rows.map(({ row }) => row);
    wrong.push(...("count" in wanted ? excerptDiffers(table, wanted, found) : rowsDiffer(table, wanted, found)));
  }
  return wrong;
}

function rowsDiffer(table: string, wanted: readonly Row[], found: readonly Row[]): string[] {
  if (wanted.length !== found.length)
    return [`${table}: ${found.length} rows instead of ${wanted.length}: ${JSON.stringify(found).slice(0, 600)}`];
  const left = found.map((row) => row);
  const wrong: string[] = [];
  for (const want of wanted) {
    const at = left.findIndex((row) => isDeepStrictEqual(shownAs(want, row), want));
    if (at < 0)
      wrong.push(
        `${table}: no row is ${JSON.stringify(want)}; left: ${JSON.stringify(left.map((row) => shownAs(want, row)))}`,
      );
    else left.splice(at, 1);
  }
  return wrong;
}

function excerptDiffers(table: string, { count, first, last }: Excerpt, found: readonly Row[]): string[] {
  if (found.length !== count) return [`${table}: ${found.length} rows instead of ${count}`];
  const sorted = [...found].sort((a, b) => (String(a.hash) < String(b.hash) ? -1 : 1)).map(summed);
  return [
    ...rowsDiffer(table, first, sorted.slice(0, first.length)),
    ...rowsDiffer(table, last, sorted.slice(-last.length)),
  ];
}

function summed(row: Row): Row {
  const message = String(row.message);
  return { ...row, message: { sha256: createHash("sha256").update(message).digest("hex"), length: message.length } };
}

/** The columns a wanted row names, instants written as it writes them. */
function shownAs(want: Row, row: Row): Row {
  return Object.fromEntries(
    Object.entries(want).map(([column, value]) => {
      const got = row[column];
      const isInstant = typeof value === "string" && /^\d{4}-.*Z$/.test(value) && typeof got === "string";
      return [column, isInstant && !got.endsWith("Z") ? `${got}Z` : got];
    }),
  );
}
