import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import { lockParents } from "../../locks.ts";
import { fromExcluded, insertFrom } from "../../recordset.ts";
import { repoNames, repos } from "../../schema/index.ts";
import type { RepoFact } from "./facts.ts";
import { newest } from "./newest.ts";

const Named = z.object({ name_key: z.string() });
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
  const newName = await firstRow(
    tx,
    Named,
    sql`
    with known as (${insertFrom(repos, COLUMNS, told)} on conflict (repo_id) do nothing returning repo_id)
    ${insertFrom(repoNames, NAME_COLUMNS, namesOf(rows))}
    where (select count(*) from known) >= 0 on conflict do nothing returning name_key`,
  );
  if (decisive.length > 0 || newName !== undefined) await settleNames(tx, told, rows);
}

/**
 * Lets one repository have each of these names: a repository that is not deleted before a deleted one, then the newest. Another
 * one that had it was renamed or deleted unnoticed; its name gets `~` and its id, until an event tells which it has now.
 */
async function settleNames(tx: Database, met: readonly NamedRepo[], all: readonly NamedRepo[]): Promise<void> {
  const told = JSON.stringify(met.map(({ repoId, name, nameKey }) => ({ id: String(repoId), name, key: nameKey })));
  const names = [...new Set(all.map(({ nameKey }) => nameKey))];
  const keys = JSON.stringify(names);
  // Of two repositories that are met at once, the later transaction sees both.
  await lockParents(
    tx,
    names.map((name) => `github name ${name}`),
  );
  await tx.execute(sql`
    update ${repos} set name = told.name, name_key = told.key from jsonb_to_recordset(${told}::jsonb) as told(id bigint, name text, key text)
    where repo_id = told.id and name_key <> told.key and name_key like '%~%'
      and not exists (select from ${repos} other where other.name_key = told.key)`);
  await tx.execute(sql`
    update ${repos} set name = name || '~' || ${repos.repoId}, name_key = name_key || '~' || ${repos.repoId}
    from (
      select repo_id, row_number() over (partition by name_key order by deleted, updated_at desc, repo_id desc) as turn
      from ${repos} where name_key in (select value from jsonb_array_elements_text(${keys}::jsonb))
    ) as held
    where held.repo_id = ${repos.repoId} and held.turn > 1`);
}

type NamedRepo = Pick<RepoFact, "repoId" | "name"> & { nameKey: string };

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
