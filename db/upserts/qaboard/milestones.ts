import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { qaboardProjects } from "../../schema/index.ts";

const Changed = z.object({ json: z.string(), known: z.boolean() });

/** The milestones after a change as JSON text, and whether the key was there before. */
export type ChangedMilestones = z.infer<typeof Changed>;

const MILESTONES = sql`case jsonb_typeof(p.data -> 'milestones') when 'object' then p.data -> 'milestones' else '{}' end`;

async function changed(
  db: Database,
  { project, key }: { project: string; key: string },
  milestones: SQL,
): Promise<ChangedMilestones | undefined> {
  return await firstRow(
    db,
    Changed,
    sql`
    with before as materialized (select p.id, ${MILESTONES} ? ${key}::text as known from ${qaboardProjects} p where p.id = ${project} for update)
    update ${qaboardProjects} p set data = p.data || jsonb_build_object('milestones', ${milestones})
    from before where p.id = before.id
    returning (p.data -> 'milestones')::text as json, before.known`,
  );
}

/** Stores the `milestone` of a body under a key; undefined for an unknown project (contract section 7). */
export async function storeMilestone(
  db: Database,
  { text, ...place }: { project: string; key: string; text: string },
): Promise<ChangedMilestones | undefined> {
  return await changed(
    db,
    place,
    sql`${MILESTONES} || jsonb_build_object(${place.key}::text, ${text}::jsonb -> 'milestone')`,
  );
}

/** Removes a milestone; undefined for an unknown project. */
export async function removeMilestone(
  db: Database,
  place: { project: string; key: string },
): Promise<ChangedMilestones | undefined> {
  return await changed(db, place, sql`${MILESTONES} - ${place.key}::text`);
}
