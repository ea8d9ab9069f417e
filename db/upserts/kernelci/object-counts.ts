import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { inStatements, insertFrom } from "../../recordset.ts";
import { objectCounts } from "../../schema/index.ts";
import type { Submission } from "./objects.ts";

type Count = typeof objectCounts.$inferInsert;

/** Groups of one transaction; further ones are counted without their lab and platform. */
const MAX_GROUPS = 500;
const MAX_LABEL = 100;

const SLOT = sql`(pg_backend_pid() % 4)::smallint`;

/** Counts the objects of submissions that came from senders, each time they are sent. */
export async function countObjects(tx: Database, submissions: readonly Submission[]): Promise<void> {
  const counts = new Map<string, Count>();
  const add = (what: Count["what"], origin: string, lab: unknown = "", platform: unknown = "") => {
    const group = { what, origin: label(origin), lab: label(lab), platform: label(platform) };
    const isNew = !counts.has(keyOf(group));
    const place = isNew && counts.size >= MAX_GROUPS ? { ...group, lab: "", platform: "" } : group;
    const row = counts.get(keyOf(place)) ?? { ...place, slot: 0, total: 0 };
    counts.set(keyOf(place), { ...row, total: row.total + 1 });
  };
  for (const { counted, objects } of submissions) {
    if (counted === undefined) continue;
    for (const { origin } of objects.checkouts) add("checkouts", origin);
    for (const { origin } of objects.issues) add("issues", origin);
    for (const { origin } of objects.incidents) add("incidents", origin);
    for (const { origin, misc } of objects.builds) add("builds", origin, misc?.lab);
    for (const { origin, misc, environmentMisc } of objects.tests)
      add("tests", origin, misc?.runtime, environmentMisc?.platform);
  }
  const sorted = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  const columns = ["what", "origin", "lab", "platform", "slot", "total"] as const;
  for (const rows of inStatements(sorted))
    await tx.execute(sql`${insertFrom(objectCounts, columns, rows, { slot: SLOT })}
      on conflict (what, origin, lab, platform, slot) do update set total = ${objectCounts.total} + excluded.total`);
}

const keyOf = ({ what, origin, lab, platform }: Pick<Count, "what" | "origin" | "lab" | "platform">) =>
  JSON.stringify([what, origin, lab, platform]);

const label = (value: unknown) => (typeof value === "string" ? value.slice(0, MAX_LABEL).toWellFormed() : "");
