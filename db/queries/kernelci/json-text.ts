import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { onlyBoundedRow } from "../bounded-rows.ts";

/*
 * Answers are rendered by Postgres, since JavaScript can write neither 60.0 nor the numbers of a free document as they came.
 * A query selects the fields of an answer in its order, as columns of those names, times by `instant` and durations by
 * `fraction`; `objectText` and `arrayText` make the JSON text of it, which functions/edge/kernelci/http/answers.ts sends as it is.
 * A nested object is a column of type json: `(select row_to_json(n) from (select …) n)`. Free documents stay jsonb columns.
 */

/** A time as answers have it: ISO 8601 in UTC with `Z`, microseconds (six digits) only when there are any. */
export function instant(time: SQL): SQL {
  return sql`to_char(${time} at time zone 'UTC', case when date_trunc('second', ${time}) = ${time}
    then 'YYYY-MM-DD"T"HH24:MI:SS"Z"' else 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"' end)`;
}

/** A double as answers have it: always with a fraction, `60.0`. */
export function fraction(number: SQL): SQL {
  return sql`case when ${number} = trunc(${number}) and abs(${number}) < 1e15
    then (${number}::numeric::text || '.0')::json else to_json(${number}) end`;
}

/** The JSON text of the one row of a select, null when it has none. */
export function objectText(select: SQL): SQL {
  return sql`(select row_to_json(item)::text from (${select}) as item)`;
}

/** The JSON text of all rows of a select, in its order; `[]` when it has none. */
export function arrayText(select: SQL): SQL {
  return sql`(select '[' || coalesce(string_agg(row_to_json(item)::text, ','), '') || ']' from (${select}) as item)`;
}

/** The same as a column of a row that is rendered itself. */
export function arrayJson(select: SQL): SQL {
  return sql`${arrayText(select)}::json`;
}

const OneText = z.object({ text: z.string().nullable() });

/** The one value `text` of a statement's one row. */
export async function textOf(db: Database, statement: SQL): Promise<string | null> {
  return (await onlyBoundedRow(db, OneText, statement)).text;
}
