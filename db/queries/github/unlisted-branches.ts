import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, rows } from "../../client.ts";
import type { GithubId } from "../../schema/github-id.ts";
import { branches } from "../../schema/index.ts";

const Branch = z.object({ name: z.string() });

/**
 * Names of a repository's living branches below a version, in code point order behind `after`. After all branches were listed
 * at that version these are the ones that the list did not name (contract section 5).
 */
export async function branchesBelow(
  db: Database,
  repoId: GithubId,
  { version, after, limit }: { version: string; after: string; limit: number },
): Promise<string[]> {
  const found = await rows(
    db,
    Branch,
    sql`select name from ${branches}
      where repo_id = ${String(repoId)}::bigint and not deleted and version < ${version}::timestamptz
        and name collate "C" > ${after} order by name collate "C" limit ${limit}`,
  );
  return found.map(({ name }) => name);
}
