import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";

const Seconds = z.number().nullable();

/** How a set of durations is spread, in seconds; all null when there are none. */
export const Spread = z.object({
  count: z.int().describe("how many were measured"),
  avg: Seconds.describe("average, not rounded"),
  p50: Seconds.describe("median: the value of nearest rank, as all percentiles"),
  p90: Seconds,
  p95: Seconds,
  p99: Seconds,
  max: Seconds,
});

/** The spread of an integer column over the rows of a group that satisfy `among`, as a JSON object. */
export function spreadOf(column: SQL, among: SQL): SQL {
  const rank = (share: number) =>
    sql`percentile_disc(${sql.raw(String(share))}) within group (order by ${column}) filter (where ${among})`;
  return sql`jsonb_build_object(
    'count', count(${column}) filter (where ${among}),
    'avg', avg(${column}::float8) filter (where ${among}),
    'p50', ${rank(0.5)}, 'p90', ${rank(0.9)}, 'p95', ${rank(0.95)}, 'p99', ${rank(0.99)},
    'max', max(${column}) filter (where ${among}))`;
}
