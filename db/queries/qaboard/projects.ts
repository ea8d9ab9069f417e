import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow, onlyRow } from "../../client.ts";
import { inUtc, naive } from "../../render/qaboard/objects.ts";
import { qaboardCommits, qaboardProjects } from "../../schema/index.ts";

const Text = z.object({ json: z.string() });

/** Projects that have commits, by id, as JSON text (contract section 5.1). */
export async function listProjects(db: Database): Promise<string> {
  const row = await onlyRow(
    db,
    Text,
    sql`select coalesce(json_object_agg(p.id, json_build_object(
        'data', (p.data - 'qatools_metrics') || case when p.data ? 'qatools_config'
          then jsonb_build_object('qatools_config', case when p.data #> '{qatools_config,project}' is null then '{}'
            else jsonb_build_object('project', p.data #> '{qatools_config,project}') end) else '{}' end,
        'latest_output_datetime', ${naive(sql`p.latest_output_datetime`)},
        'latest_commit_datetime', ${inUtc(sql`c.latest`)}, 'total_commits', c.total) order by lower(p.id)), '{}')::text as json
      from ${qaboardProjects} p join (
        select project_id, max(authored_datetime) as latest, count(*) as total from ${qaboardCommits} group by project_id
      ) c on c.project_id = p.id`,
  );
  return row.json;
}

/** The data of a project as JSON text; undefined for an unknown one (contract section 5.2). */
export async function findProjectData(db: Database, id: string): Promise<string | undefined> {
  return (await firstRow(db, Text, sql`select data::text as json from ${qaboardProjects} where id = ${id}`))?.json;
}

/** Branches of a project's commits, as they are stored, as the text of a JSON list (contract section 5.3). */
export async function listBranches(db: Database, project: string): Promise<string> {
  const row = await onlyRow(
    db,
    Text,
    sql`select coalesce(json_agg(branch order by branch collate "C"), '[]')::text as json
      from (select distinct branch from ${qaboardCommits} where project_id = ${project} and branch is not null) branches`,
  );
  return row.json;
}
