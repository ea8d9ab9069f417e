import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { attempts, runs } from "../../schema/index.ts";
import { firstBoundedRow } from "../bounded-rows.ts";
import { Addressed, REPO_ID, type RepoAddress, repoAt } from "./addressed-repo.ts";
import { runSnapshot } from "./snapshot.ts";

/** JSON text of the run, or null when the repository has no such run or attempt. */
const Run = Addressed.extend({ run: z.string().nullable() });

/** A run as its newest attempt left it, or as the given attempt did; undefined for an unknown repository. */
export async function runOf(
  db: Database,
  question: { repo: RepoAddress; runId: number; attempt?: number | undefined; withoutPulls: boolean },
): Promise<z.infer<typeof Run> | undefined> {
  const { repo, runId, attempt, withoutPulls } = question;
  const wanted = attempt === undefined ? sql`u.attempt` : sql`${attempt}`;
  return await firstBoundedRow(
    db,
    Run,
    sql`
    with repo as (${repoAt(repo)})
    select repo.repo_id, repo.moved, (
      select ${runSnapshot(sql`a.snapshot`, withoutPulls)}
      from ${runs} u join ${attempts} a on a.run_id = u.run_id and a.attempt = ${wanted}
      where u.run_id = ${runId} and u.repo_id = ${REPO_ID}
    ) as run
    from repo`,
  );
}
