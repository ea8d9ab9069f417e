import { type SQL, sql } from "drizzle-orm";

/** Every status, in the order of a `StatusCount`; `NULL` stands for none. */
export const STATUSES = ["PASS", "ERROR", "FAIL", "SKIP", "MISS", "DONE", "NULL"] as const;

/** A `StatusCount` (contract part 01) of a group, as json: how many rows have each status. */
export function statusCount(status: SQL): SQL {
  const pairs = STATUSES.map((name) => sql`${sql.raw(`'${name}'`)}, ${countOf(status, name)}`);
  return sql`json_build_object(${sql.join(pairs, sql`, `)})`;
}

/** How many rows of a group have a status. */
function countOf(status: SQL, name: (typeof STATUSES)[number]): SQL {
  if (name === "NULL") return sql`count(*) filter (where ${status} is null or ${status} = 'NULL')`;
  return sql`count(*) filter (where ${status} = ${sql.raw(`'${name}'`)})`;
}
