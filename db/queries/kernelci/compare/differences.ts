import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { type Filters, holdsPath, isOneOf, type TestFilters } from "../filters.ts";
import { arrayText, textOf } from "../json-text.ts";
import { hardwareOfBuild, hardwareOfTest } from "../tree/commits-history-groups.ts";
import { buildPairs, testPairs } from "./pairs.ts";
import { type Compared, checkoutsCompared, named } from "./sides.ts";

/** Builds that differ, or fail on both sides, as JSON text (contract part 05, `compare/builds`). */
export async function differingBuilds(db: Database, compared: Compared, filters: Filters): Promise<string> {
  const where = sql`${ofBuild(filters)} and ${isOneOf(sql`b.origin`, filters.build.origins)}
    and ${isOneOf(named(sql`b.misc ->> 'lab'`), filters.labs)} and ${hardwareOfBuild(filters.hardware)}`;
  const columns = sql`config_name, architecture, compiler`;
  return await differing(db, compared, { pairs: buildPairs(where), columns, statuses: filters.build.statuses });
}

/** Boots, or other tests, that differ or fail on both sides, as JSON text. */
export async function differingTests(
  db: Database,
  compared: Compared,
  filters: Filters,
  kind: "boots" | "tests",
): Promise<string> {
  const wanted = kind === "boots" ? filters.boot : filters.test;
  const where = sql`${ofBuild(filters)} and ${ofTest(filters, wanted)}`;
  const columns = sql`path, config_name, architecture, platform`;
  return await differing(db, compared, { pairs: testPairs(kind, where), columns, statuses: wanted.statuses });
}

function ofBuild({ architectures, compilers, configs }: Filters): SQL {
  return sql`${isOneOf(named(sql`b.architecture`), architectures)} and ${isOneOf(named(sql`b.compiler`), compilers)}
    and ${isOneOf(named(sql`b.config_name`), configs)}`;
}

function ofTest({ labs, hardware }: Filters, { origins, platforms, path }: TestFilters): SQL {
  return sql`${isOneOf(sql`t.origin`, origins)} and ${isOneOf(named(sql`t.environment_misc ->> 'platform'`), platforms)}
    and ${isOneOf(named(sql`t.misc ->> 'runtime'`), labs)} and ${holdsPath(sql`t.path`, path)} and ${hardwareOfTest(hardware)}`;
}

type Choice = { pairs: SQL; columns: SQL; statuses: readonly string[] };

/** Statuses are filtered after pairing, so that what one side lacks is never only what the filter took away. */
async function differing(db: Database, compared: Compared, { pairs, columns, statuses }: Choice): Promise<string> {
  const groups = [...new Set(statuses.map(groupOf))];
  const isAsked = sql`(${isOneOf(sql`status_a`, groups)} or ${isOneOf(sql`status_b`, groups)})`;
  const answer = await textOf(
    db,
    sql`
    with ${checkoutsCompared(compared)}
    select ${arrayText(sql`
      select ${columns}, status_a, status_b from (${pairs}) as pair
      where (status_a is distinct from status_b or status_a = 'FAIL') and ${isAsked}
      order by ${columns}`)} as text`,
  );
  return answer ?? "[]";
}

function groupOf(status: string): string {
  const upper = status.toUpperCase();
  return upper === "PASS" || upper === "FAIL" ? upper : "INCONCLUSIVE";
}
