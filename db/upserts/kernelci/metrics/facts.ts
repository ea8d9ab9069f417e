import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { builds, checkouts, type incidents, issues, tests } from "../../../schema/index.ts";

/* What each stored object counts for in the roll-ups by day (contract part 08, `metrics/`): one definition for the moves
   that a transaction makes and for a recount. */

export type MetricTable = typeof checkouts | typeof builds | typeof tests | typeof issues | typeof incidents;

/** Objects of one kind that came to a day, or left it (`total` below 0); `build_id` only of tests that name a lab. */
const DayMove = z.object({
  day: z.string(),
  what: z.string(),
  name: z.string().nullable(),
  issue_id: z.string().nullable(),
  issue_version: z.number().nullable(),
  build_id: z.string().nullable(),
  total: z.number(),
});
export type DayMove = z.infer<typeof DayMove>;

/** The row of a statement whose `moves` is `movesText`. */
export const Moves = z.object({ moves: z.array(DayMove) });

/** The columns that name a group of moves. */
export const MOVE = sql.raw("day, what, name, issue_id, issue_version, build_id");

const LAB = sql.raw("misc->>'runtime'");
const TEST = sql.raw(
  "case when path is null then 'pathless' when split_part(path, '.', 1) = 'boot' then 'boot' else 'test' end",
);

type Fact = { what: SQL; name?: SQL; issueId?: SQL; issueVersion?: SQL; buildId?: SQL };

const ofBuild = (column: string) => sql.raw(`case when build_id is not null then ${column} end`);

/** Columns are named without their table, so that the expressions fit `returning` as well. */
function factOf(table: MetricTable): Fact {
  if (table === checkouts) return { what: sql`'checkout'`, name: sql.raw("tree_name") };
  if (table === builds) return { what: sql`'build'` };
  if (table === tests)
    return { what: TEST, name: LAB, buildId: sql`case when ${LAB} is not null then ${sql.raw("build_id")} end` };
  if (table === issues) return { what: sql`'issue'` };
  const [name, issueId, issueVersion] = [ofBuild("origin"), ofBuild("issue_id"), ofBuild("issue_version")];
  return { what: sql`'incident'`, name, issueId, issueVersion };
}

/** The select list that makes the facts of a table's rows, in the order of `MOVE`. */
export function metricFacts(table: MetricTable): SQL {
  const none = sql`null::text`;
  const { what, name = none, issueId = none, issueVersion = sql`null::integer`, buildId = none } = factOf(table);
  return sql`(_timestamp at time zone 'UTC')::date as day, ${what}::text as what, ${name} as name,
    ${issueId} as issue_id, ${issueVersion} as issue_version, ${buildId} as build_id`;
}

/** A list of moves as JSON text: each relation of facts with how much one of its rows counts. */
export function movesText(facts: readonly (readonly [relation: SQL, total: 1 | -1])[]): SQL {
  const all = facts.map(
    ([relation, total]) => sql`select ${MOVE}, ${sql.raw(String(total))} as total from ${relation}`,
  );
  return sql`(select coalesce(json_agg(m), '[]') from (
    select ${MOVE}, sum(total)::integer as total from (${sql.join(all, sql` union all `)}) as facts
    where day is not null group by ${MOVE} having sum(total) <> 0) as m)`;
}
