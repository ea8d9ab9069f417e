import { type SQL, sql } from "drizzle-orm";
import { results } from "../../schema/index.ts";

/**
 * A way to choose results: all that pass it, counted up to a limit; as rows (benchmark_id, keys), an `integer[]` of keys a
 * benchmark; and what is left of such rows `k`, which are in `from`.
 */
export type Choice = { rows: SQL; all: SQL; leftOf: (from: SQL) => SQL };

/** Results `r` that meet conditions an index answers. */
export function conditionsMet(where: SQL): Choice {
  return {
    rows: sql`select from ${results} r where ${where}`,
    all: sql`select r.benchmark_id, array_agg(r.key) as keys from ${results} r where ${where} group by r.benchmark_id`,
    leftOf: (from) =>
      sql`select k.benchmark_id, array(select r.key from ${results} r where r.key = any(k.keys) and ${where}) as keys from ${from} k`,
  };
}

/** Choices of more results than that count as equally wide. */
const COUNTED = 30_000;

/**
 * Rows (benchmark_id, keys) of what all choices have in common. The one of the fewest results, which no statistics tell, is
 * walked through; the others are asked about what is left: the keys of a benchmark, in one array, are one walk through
 * an index, where a join would be a search a row.
 */
export function inCommon(choices: readonly Choice[]): SQL {
  const [only] = choices;
  if (only !== undefined && choices.length === 1) return only.all;
  const step = (n: number) => sql.raw(`step${n}`);
  const isFewest = (n: number) => sql`(select choice from fewest) = ${n}::integer`;
  const sizes = choices.map(
    ({ rows }, n) => sql`(${n}::integer, (select count(*) from (${rows} limit ${COUNTED}) counted))`,
  );
  const first = choices.map((choice, n) => sql`select * from (${choice.all}) a where ${isFewest(n)}`);
  const steps = choices.map(
    (choice, n) => sql`${step(n + 1)} as materialized (
      select * from ${step(n)} where ${isFewest(n)}
      union all select * from (${choice.leftOf(step(n))}) l where not ${isFewest(n)})`,
  );
  return sql`with fewest as materialized (
      select s.choice from (values ${sql.join(sizes, sql`, `)}) as s (choice, size) order by s.size, s.choice limit 1
    ), ${step(0)} as materialized (${sql.join(first, sql` union all `)}),
    ${sql.join(steps, sql`, `)} select * from ${step(choices.length)}`;
}
