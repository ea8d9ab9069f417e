import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../../client.ts";
import { builds, checkouts, tests } from "../../../schema/index.ts";
import type { Objects } from "../objects.ts";
import {
  buildFacts,
  buildsOf,
  hardwareBuildsOf,
  hardwareTestsOf,
  listingBuildsOf,
  listingTestsOf,
  platformsOf,
  rollupOf,
  testFacts,
} from "./contributions.ts";
import { eachOf, Ids, idsOf, jsonIds } from "./ids.ts";

/** Ids whose counts move, none twice: tests by themselves, all tests of builds, all builds and tests of checkouts. */
export type Touched = Record<"tests" | "builds" | "checkouts", readonly string[]>;

/** Ids of objects that a transaction was the first to store; tests only where their build is older. */
export type Fresh = Record<keyof Touched, ReadonlySet<string>>;

/** Rows of counts, as the statement that moves them takes them back; there may be thousands, and nobody else reads them. */
export const Counted = z.object({
  rollup: z.array(z.unknown()),
  hardware: z.array(z.unknown()),
  listing: z.array(z.unknown()),
});
export type Counted = z.infer<typeof Counted>;

const Looked = Counted.extend({ checkouts: Ids, builds: Ids, tests: Ids });

/** What is about to change: objects that gain something a count looks at, and the counts they made until now. */
export type Before = { changed: Touched; counted: Counted };

export const NOTHING_BEFORE: Before = {
  changed: { tests: [], builds: [], checkouts: [] },
  counted: { rollup: [], hardware: [], listing: [] },
};

/**
 * Looks at what is stored after new objects were inserted and before gaps of known ones are filled. `known` holds the
 * objects that were there already, `incidentTests` the tests that incidents of this transaction name.
 */
export async function countedBefore(
  tx: Database,
  known: Pick<Objects, "checkouts" | "builds" | "tests">,
  fresh: Fresh,
  incidentTests: readonly string[],
): Promise<Before> {
  const ofOldParents = sql`f.build_id not in (${idsOf(fresh.builds)}) and f.checkout_id not in (${idsOf(fresh.checkouts)})`;
  const { rollup, hardware, listing, ...changed } = await onlyRow(
    tx,
    Looked,
    sql`
    with new_tests as materialized (${idsOf(fresh.tests)}),
    changed_checkouts as materialized (${changedCheckouts(known.checkouts)}),
    changed_builds as materialized (${changedBuilds(known.builds)}),
    changed_tests as materialized (${changedTests(known.tests)}),
    touched_builds as materialized (select id from changed_builds union ${buildsOf(sql`changed_checkouts`)}),
    touched_tests as materialized (
      select id from new_tests union select id from changed_tests union ${idsOf(incidentTests)}
    ),
    facts as materialized (
      select f.* from (${testFacts(sql`touched_tests`, sql`touched_builds`)}) as f where ${ofOldParents}
    ),
    old_facts as (select * from facts where id not in (select id from new_tests)),
    named as (
      select facts.build_id, facts.is_build, facts.build_status, facts.checkout_id, facts.test_origin,
        coalesce(changed_tests.platform, facts.test_platform) as test_platform
      from facts left join changed_tests using (id)
    ),
    platforms as (
      select * from (${platformsOf(sql`named`)}) as p where exists (
        select from ${tests} o where o.build_id = p.build_id and o.origin = p.test_origin
          and o.environment_misc->>'platform' = p.platform and o.id not in (select id from new_tests) offset 0)
    ),
    build_facts as (select f.* from (${buildFacts(sql`touched_builds`)}) as f where ${ofOldParents})
    select ${jsonIds(sql`changed_checkouts`)} as checkouts, ${jsonIds(sql`changed_builds`)} as builds,
      ${jsonIds(sql`changed_tests`)} as tests, ${listed(rollupOf(sql`old_facts`))} as rollup,
      ${listed(sql`${hardwareTestsOf(sql`old_facts`)} union all ${hardwareBuildsOf(sql`platforms`)}`)} as hardware,
      ${listed(sql`${listingTestsOf(sql`old_facts`)} union all ${listingBuildsOf(sql`build_facts`)}`)} as listing`,
  );
  return { changed, counted: { rollup, hardware, listing } };
}

/** Rows of a relation as one JSON list. */
export const listed = (rows: SQL) => sql`(select coalesce(json_agg(r), '[]') from (${rows}) as r)`;

const isGiven = (value: unknown) => value !== undefined && value !== null;

function changedCheckouts(known: Objects["checkouts"]): SQL {
  const given = known.map((c) => ({
    id: c.id,
    tree: isGiven(c.treeName),
    url: isGiven(c.gitRepositoryUrl),
    branch: isGiven(c.gitRepositoryBranch),
    hash: isGiven(c.gitCommitHash),
  }));
  return sql`
    select c.id from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(id text, tree boolean, url boolean, branch boolean, hash boolean)
    ${eachOf(checkouts, "c", "id = g.id")}
    where (g.tree and c.tree_name is null) or (g.url and c.git_repository_url is null)
      or (g.branch and c.git_repository_branch is null) or (g.hash and c.git_commit_hash is null)`;
}

function changedBuilds(known: Objects["builds"]): SQL {
  const given = known.map((b) => ({
    id: b.id,
    status: isGiven(b.status),
    config: isGiven(b.configName),
    arch: isGiven(b.architecture),
    compiler: isGiven(b.compiler),
  }));
  return sql`
    select b.id from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(id text, status boolean, config boolean, arch boolean, compiler boolean)
    ${eachOf(builds, "b", "id = g.id")}
    where (g.status and b.status is null) or (g.config and b.config_name is null)
      or (g.arch and b.architecture is null) or (g.compiler and b.compiler is null)`;
}

/** With the platform that a test gains, if it does. */
function changedTests(known: Objects["tests"]): SQL {
  const given = known.map((t) => ({
    id: t.id,
    status: isGiven(t.status),
    path: isGiven(t.path),
    compatible: isGiven(t.environmentCompatible),
    misc: isGiven(t.misc),
    start: isGiven(t.startTime),
    environment: isGiven(t.environmentMisc) ? { platform: t.environmentMisc?.platform } : undefined,
  }));
  return sql`
    select t.id, case when t.environment_misc is null then g.environment->>'platform' end as platform
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(
      id text, status boolean, path boolean, compatible boolean, misc boolean, start boolean, environment jsonb)
    ${eachOf(tests, "t", "id = g.id")}
    where (g.status and t.status is null) or (g.path and t.path is null) or (g.misc and t.misc is null)
      or (g.start and t.start_time is null)
      or (g.compatible and t.environment_compatible is null) or (g.environment is not null and t.environment_misc is null)`;
}
