import { sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { fromExcluded, insertFrom } from "../../recordset.ts";
import { repoNames, repos } from "../../schema/index.ts";
import type { RepoFact } from "./facts.ts";
import { newest } from "./newest.ts";

const COLUMNS = [
  "repoId",
  "name",
  "nameKey",
  "defaultBranch",
  "private",
  "archived",
  "deleted",
  "updatedAt",
  "arrival",
  "snapshot",
] as const;

/**
 * Writes repositories: any event makes an unknown one known, only `repository` and `public` events change a known one,
 * and only when they are not older (contract sections 3 and 4).
 */
export async function upsertRepos(tx: Database, facts: readonly RepoFact[]): Promise<void> {
  const rows = facts.map((fact) => ({ ...fact, nameKey: fact.name.toLowerCase() }));
  const keyed = (row: RepoFact) => String(row.repoId);
  const decisive = newest(
    rows.filter((row) => row.authoritative),
    keyed,
    (row) => [row.updatedAt, row.arrival],
  );
  const told = newest([...rows].reverse(), keyed, () => []);
  if (decisive.length > 0) {
    await tx.execute(sql`
      ${insertFrom(repos, COLUMNS, decisive)}
      on conflict (repo_id) do update set ${fromExcluded(repos, COLUMNS)}
      where (excluded.updated_at, excluded.arrival) >= (${repos.updatedAt}, ${repos.arrival})`);
  }
  if (told.length === 0) return;
  // Names ask for the repositories, which therefore are written, and waited for, first: as in every other transaction.
  await tx.execute(sql`
    with known as (${insertFrom(repos, COLUMNS, told)} on conflict (repo_id) do nothing returning repo_id)
    ${insertFrom(repoNames, NAME_COLUMNS, namesOf(rows))}
    where (select count(*) from known) >= 0 on conflict do nothing`);
}

const NAME_COLUMNS = ["nameKey", "repoId"] as const;

/** Every name the events tell of, so that former names can answer with a redirect. */
function namesOf(facts: readonly RepoFact[]) {
  const names = facts.flatMap(({ repoId, names }) => names.map((name) => ({ repoId, nameKey: name.toLowerCase() })));
  return newest(
    names,
    (row) => `${row.nameKey} ${row.repoId}`,
    () => [],
  );
}
