import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { checkouts } from "../../../schema/index.ts";
import { firstBoundedRow } from "../../bounded-rows.ts";
import { isOfCommit } from "./checkouts.ts";

const Checkout = z.object({
  git_repository_url: z.string().nullable(),
  git_commit_hash: z.string(),
  git_commit_name: z.string().nullable(),
});

/** The checkout of a branch that started last, of any commit or of one (hash or tag); undefined when there is none. */
export async function latestCheckoutOf(
  db: Database,
  { origin, tree, branch, commit }: { origin: string; tree: string; branch: string; commit: string | undefined },
): Promise<z.infer<typeof Checkout> | undefined> {
  const ofCommit = commit === undefined ? sql`true` : isOfCommit(commit);
  return await firstBoundedRow(
    db,
    Checkout,
    sql`
    select c.git_repository_url, c.git_commit_hash, c.git_commit_name from ${checkouts} c
    where c.origin = ${origin} and c.tree_name = ${tree} and c.git_repository_branch = ${branch} and ${ofCommit}
      and c.git_commit_hash is not null
    order by c.start_time desc limit 1`,
  );
}
