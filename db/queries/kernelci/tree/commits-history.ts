import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { checkouts } from "../../../schema/index.ts";
import { countsWhere } from "../count-object.ts";
import type { Filters } from "../filters.ts";
import { arrayText, instant, textOf } from "../json-text.ts";
import { isOfTree, type TreeAddress } from "./checkouts.ts";
import { buildGroups, testGroups } from "./commits-history-groups.ts";
import type { Types } from "./types.ts";

export type CommitsHistoryQuestion = {
  /** Full hashes, in the order of the answer. */
  commits: readonly string[];
  address: Omit<TreeAddress, "commit">;
  filters: Filters;
  types: Types;
  /** Builds count only through tests that pass the filters. */
  onlyBuildsOfTests: boolean;
};

/**
 * The counts of chosen commits in the order asked for, as JSON text; null when nothing is known of any (contract part 05,
 * `tree/commits-history`). A commit without data counts zero, at this moment.
 */
export async function commitsHistoryOf(db: Database, question: CommitsHistoryQuestion): Promise<string | null> {
  const { commits, address, filters } = question;
  const types = countedTypes(question);
  const counts = (spelling: "PASS" | "pass", kind: string) =>
    countsWhere(spelling, {
      status: sql`coalesce(g.status, 'NULL')`,
      n: sql`g.n`,
      where: sql`g.kind = ${sql.raw(`'${kind}'`)}`,
    });
  const groups: SQL[] = [];
  if (types.builds) groups.push(buildGroups(filters));
  if (types.boots || types.tests) groups.push(testGroups(filters, types));
  return await textOf(
    db,
    sql`
    with asked as materialized (
      select hash, nth from jsonb_array_elements_text(${JSON.stringify(commits)}::jsonb) with ordinality as a(hash, nth)
    ), checkout as materialized (
      select c.id, c.git_commit_hash, c.git_commit_name, c.git_commit_tags, c.start_time from ${checkouts} c
      where c.git_commit_hash = any(array(select hash from asked)) and ${isOfTree(address)}
    ), known as materialized (
      ${sql.join(groups, sql` union all `)}
    ), counted as (
      select c.git_commit_hash, max(c.git_commit_name) as git_commit_name, min(c.start_time) as earliest,
        ${counts("PASS", "build")} as builds, ${counts("pass", "boot")} as boots, ${counts("pass", "test")} as tests
      from known g join checkout c on c.id = g.checkout_id where g.passes group by c.git_commit_hash
    )
    select case when exists (select from known) then ${arrayText(sql`
      select a.hash as git_commit_hash, case when n.git_commit_hash is null then '' else n.git_commit_name end as git_commit_name,
        array(select distinct tag from checkout c cross join unnest(c.git_commit_tags) as tag
          where c.git_commit_hash = n.git_commit_hash
            and exists (select from known g where g.checkout_id = c.id and g.passes) order by tag) as git_commit_tags,
        ${instant(sql`coalesce(n.earliest, now())`)} as earliest_start_time,
        coalesce(n.builds, none.builds) as builds, coalesce(n.boots, none.tests) as boots, coalesce(n.tests, none.tests) as tests
      from asked a left join counted n on n.git_commit_hash = a.hash cross join (${NONE}) as none order by a.nth`)} end as text`,
  );
}

/** A hardware filter, and builds by their tests, make builds alone count with boots and tests. */
function countedTypes({ types, filters, onlyBuildsOfTests }: CommitsHistoryQuestion): Types {
  const looksAtTests = onlyBuildsOfTests || filters.hardware.length > 0;
  const isOfBuildsAlone = types.builds && !types.boots && !types.tests;
  return isOfBuildsAlone && looksAtTests ? { builds: true, boots: true, tests: true } : types;
}

const noRow = { status: sql`status`, n: sql`n`, where: sql`true` };

/** Zero of everything. */
const NONE = sql`select ${countsWhere("PASS", noRow)} as builds, ${countsWhere("pass", noRow)} as tests
  from (select 'NULL' as status, 0 as n) as nothing`;
