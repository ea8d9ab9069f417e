import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../client.ts";
import { benchmarks, flavors, results, resultValues, sites, valuePaths } from "../../schema/index.ts";
import { onlyBoundedRow } from "../bounded-rows.ts";
import { brief, HASHES, Hashes, hashesAmong, listOf, naiveUtc } from "./hashes.ts";

/** Results that one commit shows at most, newest first. */
export const EOSC_PERF_LIMITS = { results: 100 } as const;

const Found = Hashes.extend({
  results: z.array(
    z.object({
      id: z.string(),
      benchmark: z.string(),
      site: z.string(),
      flavor: z.string(),
      executed_at: z.string(),
    }),
  ),
});
export type EoscPerfCommit = z.infer<typeof Found>;

/** The results whose document names the commit at `path` (members joined by dots), by the values kept beside the documents. */
export async function findEoscPerfCommit(db: Database, beginning: string, path: string): Promise<EoscPerfCommit> {
  return await onlyBoundedRow(
    db,
    Found,
    sql`
    with named as materialized (
      select v.key, v.text as sha from ${valuePaths} p join ${resultValues} v on v.path_id = p.id
      where p.path = ${path} and v.kind = 1
        and v.text collate "C" >= ${beginning} and v.text collate "C" < ${`${beginning}g`}
    ), shown as materialized (
      select r.*, named.sha from named join ${results} r on r.key = named.key where not r.deleted
    ), ${hashesAmong(sql`select sha from shown`)},
    result as (
      select r.id, ${brief(sql`b.docker_image || ':' || b.docker_tag`)} as benchmark, ${brief(sql`s.name`)} as site,
        ${brief(sql`f.name`)} as flavor, ${naiveUtc(sql`r.execution_datetime`)} as executed_at
      from one join shown r using (sha) join ${benchmarks} b on b.id = r.benchmark_id join ${sites} s on s.id = r.site_id
      join ${flavors} f on f.id = r.flavor_id
      order by r.execution_datetime desc, r.id limit ${EOSC_PERF_LIMITS.results}
    )
    select ${HASHES}, ${listOf("result", sql`executed_at desc, id`)} as results`,
  );
}
