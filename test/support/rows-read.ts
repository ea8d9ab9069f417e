import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../db/client.ts";
import { rawRows } from "./raw-rows.ts";

const Node = z.object({
  "Relation Name": z.string().optional(),
  "Actual Rows": z.number(),
  "Actual Loops": z.number(),
  "Rows Removed by Filter": z.number().default(0),
  "Rows Removed by Index Recheck": z.number().default(0),
  get Plans() {
    return z.array(Node).default([]);
  },
});
const Explained = z.object({ "QUERY PLAN": z.tuple([z.object({ Plan: Node })]) });

/** How many table rows PostgreSQL looked at to answer a question, by table; loaded machines don't change it. */
export async function rowsRead(db: Database, ask: (db: Database) => Promise<unknown>): Promise<Record<string, number>> {
  const read: Record<string, number> = {};
  const watching: Database = Object.create(db, {
    execute: {
      async value(statement: SQL) {
        const [row] = await rawRows(db, sql`explain (analyze, format json) ${statement}`);
        for (const [table, rows] of rowsOfPlan(Explained.parse(row)["QUERY PLAN"][0].Plan))
          read[table] = (read[table] ?? 0) + rows;
        return await db.execute(statement);
      },
    },
  });
  await ask(watching);
  return read;
}

function* rowsOfPlan(node: z.infer<typeof Node>): Generator<[table: string, rows: number]> {
  const table = node["Relation Name"];
  const rows = node["Actual Rows"] + node["Rows Removed by Filter"] + node["Rows Removed by Index Recheck"];
  if (table !== undefined) yield [table, Math.round(rows * node["Actual Loops"])];
  for (const inner of node.Plans) yield* rowsOfPlan(inner);
}
