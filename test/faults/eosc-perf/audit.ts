import type { Pool } from "pg";
import type { Audit } from "../audit.ts";
import { asTexts, type Row } from "../model/rows.ts";
import type { Outcome, Tally, Thing } from "./outcomes.ts";
import { countRows, findOutcomes, wrongResultCounts } from "./stored.ts";

type Counts = Readonly<Record<string, number>>;

/**
 * Compares what is stored with what was acknowledged: each acknowledged write is there once, with its content; one without
 * an answer is there wholly (rows, tags, values, submit, mails) or not at all; nothing else is there. `before` counts
 * the rows that were there before the writers came.
 */
export async function auditWrites(pool: Pool, tally: Tally, before: Counts): Promise<Audit> {
  const found = await findOutcomes(pool, tally.things);
  const wrong = [...tally.wrong];
  let [lost, double, taken] = [0, 0, 0];
  for (const [thing, outcome] of found) {
    const place = thing.outcomes.map(textOf).lastIndexOf(textOf(outcome));
    if (thing.outcomes.length > 1 && place === thing.outcomes.length - 1) taken += 1;
    if (place >= 0) continue;
    if (outcome.rows.length > 1) double += 1;
    else lost += 1;
    wrong.push(describe(thing, outcome));
  }
  const accounted = sumOf([...found.values()]);
  for (const [table, count] of Object.entries(await countRows(pool))) {
    const expected = (before[table] ?? 0) + (accounted[table] ?? 0);
    if (count !== expected) wrong.push(`there are ${count} ${table}, and ${expected} are accounted for`);
  }
  wrong.push(...(await wrongResultCounts(pool)));
  if (tally.unanswered === 0) wrong.push("every write was answered although its server was killed");
  const note = `${tally.unanswered} without an answer, ${taken} of those stored`;
  const { sent, acknowledged } = tally;
  return {
    sent,
    accepted: acknowledged,
    stored: acknowledged + taken - lost,
    rejected: 0,
    dead: 0,
    lost,
    double,
    note,
    wrong,
  };
}

/** How many rows of each table the outcomes consist of. */
function sumOf(outcomes: readonly Outcome[]): Record<string, number> {
  const sums: Record<string, number> = {};
  const add = (table: string, count: number) => {
    sums[table] = (sums[table] ?? 0) + count;
  };
  for (const { rows, mails } of outcomes) {
    add("mails", mails.length);
    for (const row of rows) {
      add("sub" in row ? "users" : "json" in row ? "results" : "sites", 1);
      add("submits", Number(row.submits ?? 0));
      for (const [column, table] of COLLECTIONS) add(table, listIn(row, column).length);
      for (const claim of listIn(row, "claims")) add("submits", Number(claim.submits ?? 0));
    }
  }
  return sums;
}

const COLLECTIONS = [
  ["tags", "tags of results"],
  ["values", "values"],
  ["claims", "claims"],
] as const;

function listIn(row: Row, column: string): Row[] {
  const list = row[column];
  return Array.isArray(list) ? list : [];
}

const textOf = ({ rows, mails }: Outcome) => JSON.stringify([[...asTexts({ rows }).values()], mails]);

const columnTexts = (row: Row) => Object.entries(row).map(([column, value]) => `${column}: ${JSON.stringify(value)}`);

function describe({ kind, name, outcomes }: Thing, found: Outcome): string {
  const known = new Set(outcomes.flatMap(({ rows }) => rows.flatMap(columnTexts)));
  const others = found.rows.flatMap(columnTexts).filter((text) => !known.has(text));
  const wanted = outcomes.map(({ rows, mails }) => `${rows.length} rows, mails ${mails}`).join(" or ");
  return `${kind} ${name} left ${found.rows.length} rows, mails ${found.mails} (${others}) instead of ${wanted}`;
}
