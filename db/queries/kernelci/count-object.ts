import { type SQL, sql } from "drizzle-orm";
import { STATUSES } from "./status-count.ts";

type Status = (typeof STATUSES)[number];

/** How an answer spells the statuses: `PASS`, `pass` or `pass_count` (contract parts 01 and 05). */
export type Spelling = "PASS" | "pass" | "pass_count";

const SPELLED: Readonly<Record<Spelling, (status: Status) => string>> = {
  PASS: (status) => status,
  pass: (status) => status.toLowerCase(),
  pass_count: (status) => `${status.toLowerCase()}_count`,
};

/** A json object of one number a status; `numberOf` says which. */
export function countObject(spelling: Spelling, numberOf: (status: Status) => SQL): SQL {
  const parts = STATUSES.map((status, at) => {
    const key = JSON.stringify(SPELLED[spelling](status));
    return sql`${sql.raw(`'${at === 0 ? "{" : ","}${key}:'`)} || ${numberOf(status)}`;
  });
  return sql`(${sql.join(parts, sql` || `)} || '}')::json`;
}

/** The same of rows that hold a status (`NULL` for none) and a number each, as far as they fulfil a condition. */
export function countsWhere(spelling: Spelling, { status, n, where }: { status: SQL; n: SQL; where: SQL }): SQL {
  return countObject(
    spelling,
    (name) => sql`coalesce(sum(${n}) filter (where ${where} and ${status} = ${sql.raw(`'${name}'`)}), 0)`,
  );
}
