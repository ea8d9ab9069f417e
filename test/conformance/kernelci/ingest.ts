import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Pool } from "pg";
import * as z from "zod";
import type { Stack } from "../../../dev/stack.ts";
import type { Tally } from "../tally.ts";
import { submitted } from "./submitter.ts";

const Row = z.record(z.string(), z.unknown());
type Row = z.infer<typeof Row>;

const Outcome = z.enum(["archive", "failed", "spool", "deleted"]);
const IngestCase = z.object({
  name: z.string(),
  steps: z.array(
    z.discriminatedUnion("do", [
      z.object({
        do: z.literal("submit"),
        submission: z.unknown().optional(),
        text: z.string().optional(),
        outcome: Outcome,
      }),
      z.object({ do: z.literal("aggregate") }),
    ]),
  ),
  tables: z.record(z.string().regex(/^[a-z_]+$/), z.object({ where: z.string(), rows: z.array(Row) })),
});
type IngestCase = z.infer<typeof IngestCase>;

/** What differs on purpose from a recorded case, with the reasons in deviations.md. */
const Deviations = z.record(
  z.string(),
  z.object({
    outcomes: z.array(Outcome).optional(),
    tables: z.record(z.string(), z.array(Row)).default({}),
  }),
);

/** Cases that leave behind what others refer to. */
const FIRST = ["first-value-wins", "minimal"];
const STATUSES = { archive: "processed", failed: "failed", spool: "ready", deleted: "failed" } as const;

/** Replays the recorded submissions through the whole chain and compares what came of each, and the rows they left. */
export async function replayIngest(
  stack: Stack,
  pool: Pool,
  recordings: string,
  filter: string,
  tally: Tally,
): Promise<void> {
  const folder = join(recordings, "kernelci", "ingest");
  const cases = readdirSync(folder).map((file) => withDeviations(IngestCase.parse(json(join(folder, file)))));
  const isFirst = ({ name }: IngestCase) => FIRST.includes(name);
  for (const one of [...cases.filter(isFirst), ...cases.filter((other) => !isFirst(other))])
    if (isFirst(one) || one.name.includes(filter))
      tally.count(`kernelci ingest: ${one.name}`, await replayOne(one, stack.edgeUrl, pool));
}

async function replayOne({ steps, tables }: IngestCase, edgeUrl: string, pool: Pool): Promise<string[]> {
  const wrong: string[] = [];
  for (const [i, step] of steps.entries()) {
    // Counts are right as soon as a submission is stored: there is nothing to aggregate.
    if (step.do === "aggregate") continue;
    const { status, reason } = await submitted(edgeUrl, step.text ?? JSON.stringify(step.submission));
    if (status !== STATUSES[step.outcome])
      wrong.push(`step ${i + 1}: ${status} instead of ${STATUSES[step.outcome]}: ${reason}`);
  }
  for (const [table, { where, rows }] of Object.entries(tables))
    wrong.push(...rowsDiffer(table, rows, await rowsOf(pool, table, where)));
  return wrong;
}

async function rowsOf(pool: Pool, table: string, where: string): Promise<Row[]> {
  const { rows } = await pool.query(`select to_jsonb(t) as row from kernelci.${table} as t where ${where}`);
  return rows.map(({ row }) => Row.parse(row));
}

function rowsDiffer(table: string, wanted: readonly Row[], found: readonly Row[]): string[] {
  const left = found.map((row, at) => comparable(row, wanted[at] ?? wanted[0]));
  const missing = wanted.filter((want) => {
    const at = left.findIndex((row) => isDeepStrictEqual(row, want));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  return [
    ...missing.map((row) => `${table}: no row is ${JSON.stringify(row)}`),
    ...left.map((row) => `${table}: there is ${JSON.stringify(row)}`),
  ];
}

/** Stands for a time that is that of ingestion. */
const INGESTION = "time of ingestion";
const RECENTLY_MS = 10 * 60_000;

const isRecent = (instant: unknown) => Math.abs(Date.now() - Date.parse(String(instant))) < RECENTLY_MS;

/** A row without what no recording fixes: when it was stored, what is generated, and ids that are only counted up. */
function comparable(row: Row, wanted: Row | undefined): Row {
  const { _timestamp, series, ...rest } = row;
  if (typeof rest.id === "number" && wanted?.id === undefined) delete rest.id;
  if (wanted?.start_time === INGESTION && isRecent(rest.start_time)) rest.start_time = INGESTION;
  return rest;
}

function withDeviations(one: IngestCase): IngestCase {
  const deviation = DEVIATIONS[one.name];
  if (deviation === undefined) return one;
  const { outcomes = [], tables } = deviation;
  let submissions = 0;
  return {
    ...one,
    steps: one.steps.map((step) => {
      if (step.do === "aggregate") return step;
      submissions += 1;
      return { ...step, outcome: outcomes[submissions - 1] ?? step.outcome };
    }),
    tables: Object.fromEntries(
      Object.entries(one.tables).map(([table, { where, rows }]) => [table, { where, rows: tables[table] ?? rows }]),
    ),
  };
}

function json(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

const DEVIATIONS = Deviations.parse(json(join(import.meta.dirname, "deviations.json")));
