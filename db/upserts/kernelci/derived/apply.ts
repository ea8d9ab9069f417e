import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../../client.ts";
import {
  checkouts,
  hardwareStatus,
  latestCheckout,
  pendingBuilds,
  pendingTest,
  treeListing,
  treeTestsRollup,
} from "../../../schema/index.ts";
import type { NewCheckout } from "../objects.ts";
import type { Counted, Touched } from "./before.ts";
import {
  buildFacts,
  buildsOf,
  COMMIT,
  hardwareBuildsOf,
  hardwareTestsOf,
  listingBuildsOf,
  listingTestsOf,
  platformsOf,
  rollupOf,
  testFacts,
} from "./contributions.ts";
import { addedCounts, counterNames, eachCounter, groupColumns, movedCounts, typedGroup } from "./groups.ts";
import { eachOf, idsOf } from "./ids.ts";

/** `emptied`: ids of roll-up rows that count nothing any more. */
const Applied = z.object({ emptied: z.array(z.int()), waiting: z.boolean() });

/**
 * Moves the derived tables from the counts before to those of the rows now stored, in one statement, always in the order
 * roll-up, hardware, latest checkouts, listing: the row that most transactions share comes last. Says whether something
 * touched may wait for its parent, or did.
 */
export async function applyMoves(
  tx: Database,
  touched: Touched,
  before: Counted,
  submitted: readonly NewCheckout[],
): Promise<{ waiting: boolean }> {
  const { emptied, waiting } = await onlyRow(
    tx,
    Applied,
    sql`
    with touched_checkouts as materialized (${idsOf(touched.checkouts)}),
    touched_builds as materialized (${idsOf(touched.builds)} union ${buildsOf(sql`touched_checkouts`)}),
    touched_tests as materialized (${idsOf(touched.tests)}),
    facts as materialized (${testFacts(sql`touched_tests`, sql`touched_builds`)}),
    platforms as (${platformsOf(sql`facts`)}),
    build_facts as (${buildFacts(sql`touched_builds`)}),
    rolled as (
      insert into ${treeTestsRollup} (${groupColumns("rollup")}, ${counterNames("rollup")})
      select * from (${movedCounts("rollup", rollupOf(sql`facts`), before.rollup)}) as m
      order by ${sql.raw("origin, git_commit_hash, tree_name, git_repository_branch, git_repository_url, path_group, build_config_name, build_architecture, build_compiler, hardware_key, test_platform, test_lab, test_origin, issue_id, issue_version, issue_uncategorized")}
      on conflict on constraint tree_tests_rollup_group do update set ${addedCounts("rollup", treeTestsRollup)}
      returning id, total_tests
    ),
    first_tested as (
      select distinct on (test_origin, test_platform, checkout_id) test_origin, test_platform as platform, checkout_id, compatibles, start_time
      from facts where test_platform <> '' order by test_origin, test_platform, checkout_id, id
    ),
    hardware as (
      insert into ${hardwareStatus} (test_origin, platform, checkout_id, ${counterNames("hardware")}, compatibles, start_time)
      select m.*, f.compatibles, coalesce(f.start_time, '-infinity')
      from (${movedCounts("hardware", sql`${hardwareTestsOf(sql`facts`)} union all ${hardwareBuildsOf(sql`platforms`)}`, before.hardware)}) as m
      left join first_tested f using (test_origin, platform, checkout_id)
      where (select count(*) from rolled) >= 0
      order by test_origin, platform, checkout_id
      on conflict (test_origin, platform, checkout_id) do update set ${addedCounts("hardware", hardwareStatus)}
      returning 1
    ),
    submitted as materialized (${submittedRows(submitted)}),
    latest as (
      insert into ${latestCheckout} (checkout_id, start_time, origin, tree_name, git_repository_url, git_repository_branch)
      select * from (
        select distinct on (origin, tree_name, git_repository_url, git_repository_branch)
          checkout_id, start_time, origin, tree_name, git_repository_url, git_repository_branch
        from submitted where place is not null and (select count(*) from hardware) >= 0
        order by origin, tree_name, git_repository_url, git_repository_branch, start_time desc, place
      ) as newest
      on conflict on constraint latest_checkout_branch do update
        set checkout_id = excluded.checkout_id, start_time = excluded.start_time
        where excluded.start_time > ${latestCheckout.startTime}
      returning 1
    ),
    identified as (
      select distinct on (${groupColumns("listing")}) * from submitted order by ${groupColumns("listing")}, start_time desc, place
    ),
    listed as (${listing(movedCounts("listing", sql`${listingTestsOf(sql`facts`)} union all ${listingBuildsOf(sql`build_facts`)}`, before.listing))})
    select coalesce((select json_agg(id) from rolled where total_tests = 0), '[]') as emptied,
      exists (select from touched_tests where id not in (select id from facts))
        or (select count(*) from touched_builds) > (select count(*) from build_facts)
        or exists (select from (${idsOf(touched.builds)}) as arrived ${eachOf(pendingTest, "p", "build_id = arrived.id")})
        or exists (select from (${idsOf(touched.checkouts)}) as arrived ${eachOf(pendingBuilds, "p", "checkout_id = arrived.id")})
        as waiting`,
  );
  if (emptied.length > 0)
    await tx.execute(
      sql`delete from ${treeTestsRollup} where id in (select jsonb_array_elements_text(${JSON.stringify(emptied)}::jsonb)::bigint) and total_tests = 0`,
    );
  return { waiting };
}

/** What was submitted, in its order, then what is now stored of checkouts whose identity is new: counts go there. */
function submittedRows(rows: readonly NewCheckout[]): SQL {
  const given = rows.map((c, place) => ({
    place,
    checkout_id: c.id,
    origin: c.origin,
    tree_name: c.treeName,
    git_repository_url: c.gitRepositoryUrl,
    git_repository_branch: c.gitRepositoryBranch,
    git_commit_hash: c.gitCommitHash,
    git_commit_name: c.gitCommitName,
    git_commit_tags: c.gitCommitTags,
    start_time: c.startTime,
  }));
  return sql`
    select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(
      place integer, checkout_id text, ${typedGroup("listing")}, git_commit_name text, git_commit_tags text[], start_time timestamptz)
    union all
    select null, c.id, ${COMMIT}, c.git_commit_name, c.git_commit_tags, coalesce(c.start_time, c._timestamp)
    from touched_checkouts parent ${eachOf(checkouts, "c", "id = parent.id")}`;
}

/** A row without values of a checkout only brings counts to one that is there: it neither replaces nor uses up an id. */
function listing(moves: SQL): SQL {
  const taken = ["checkout_id", "git_commit_name", "git_commit_tags", "start_time"].map((name) =>
    sql.raw(
      `${name} = case when excluded.start_time > tree_listing.start_time then excluded.${name} else tree_listing.${name} end`,
    ),
  );
  const columns = groupColumns("listing");
  return sql`
    insert into ${treeListing} (id, ${columns}, checkout_id, git_commit_name, git_commit_tags, start_time, ${counterNames("listing")})
    select case when start_time is null then 0 else nextval(pg_get_serial_sequence('kernelci.tree_listing', 'id')) end,
      ${columns}, coalesce(checkout_id, ''), git_commit_name, git_commit_tags, coalesce(start_time, '-infinity'), ${counterNames("listing")}
    from (
      select ${columns}, max(checkout_id) as checkout_id, max(git_commit_name) as git_commit_name,
        max(git_commit_tags) as git_commit_tags, max(start_time) as start_time, ${eachCounter("listing", (name) => `sum(${name}) as ${name}`)}
      from (
        select ${columns}, checkout_id, git_commit_name, git_commit_tags, start_time, ${eachCounter("listing", (name) => `0 as ${name}`)} from identified
        union all
        select ${columns}, null, null, null, null, ${counterNames("listing")} from (${moves}) as m
      ) as given group by ${columns}
    ) as l
    where (select count(*) from latest) >= 0
    order by ${columns}
    on conflict on constraint tree_listing_commit do update set ${sql.join(taken, sql`, `)}, ${addedCounts("listing", treeListing)}
    returning 1`;
}
