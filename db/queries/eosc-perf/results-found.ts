import { type SQL, sql } from "drizzle-orm";
import type { Database } from "../../client.ts";
import { benchmarks, flavors, resultCounts, results, resultTags, sites, tags } from "../../schema/index.ts";
import { betweenDays } from "./conditions.ts";
import type { Listed } from "./listed.ts";
import { paged, pageOf, type Shown, sortedMatches } from "./result-pages.ts";

/** What is searched for, and the days of upload, as YYYY-MM-DD. */
export type Search = {
  terms: readonly string[];
  upload_before?: string | undefined;
  upload_after?: string | undefined;
};

/**
 * A page of the results every term is found in: names of benchmark, site and flavor, the site's address, or a tag's whole
 * name (contract section 8.2). Names are looked at once for each group of results that share them.
 */
export async function resultsFound(db: Database, { terms, sorts, page, ...days }: Search & Shown): Promise<Listed> {
  const bounds = betweenDays(sql`r.upload_datetime`, days.upload_before, days.upload_after);
  const shown = sql.join([sql`not r.deleted`, ...bounds], sql` and `);
  const chosen = sql`${groups(terms)}, extra as materialized (${extras(terms, shown)})`;
  if (sorts.length > 0 || bounds.length > 0) {
    const matched = sql`
      with ${chosen}
      select r.key, r.benchmark_id, r.indexed from "group" g
      join ${results} r on (r.flavor_id, r.benchmark_id, r.site_id) = (g.flavor_id, g.benchmark_id, g.site_id)
      where g.is_found and ${shown}
      union all select key, benchmark_id, indexed from extra`;
    return await sortedMatches(db, matched, { sorts, page });
  }
  const { page: number, per_page } = page;
  const keys = sql`
    (select r.key from (select * from "group" where is_found order by flavor_id, benchmark_id, site_id) g
      cross join lateral (
        select r.key from ${results} r
        where r.flavor_id = g.flavor_id and r.benchmark_id = g.benchmark_id and r.site_id = g.site_id and ${shown}
        order by r.execution_datetime, r.key limit ${number * per_page}::bigint
      ) r)
    union all (select key from extra order by key) ${paged(page)}`;
  const total = sql`(select coalesce(sum(shown), 0) from "group" where is_found) + (select count(*) from extra)`;
  return await pageOf(db, chosen, total, keys, page);
}

/**
 * CTEs that end with `"group"`: groups of results with the same names; `is_found` when these have every term, `found<n>` when
 * they have one. Each benchmark, site and flavor is looked at once, however many groups it is in.
 */
function groups(terms: readonly string[]): SQL {
  const found = (n: number) => sql.raw(`found${n}`);
  const named = (name: string, from: SQL, texts: readonly SQL[]) => {
    const looked = terms.map((term, n) => {
      const any = texts.map((text) => sql`(${text}) like '%' || ${term} || '%'`);
      return sql`${sql.join(any, sql` or `)} as ${found(n)}`;
    });
    return sql`${sql.raw(name)} as materialized (select ${sql.join([sql`n.id`, ...looked], sql`, `)} from ${from} n)`;
  };
  const one = terms.map((_, n) => sql`b.${found(n)} or s.${found(n)} or f.${found(n)} as ${found(n)}`);
  const every = sql.join([sql`true`, ...terms.map((_, n) => found(n))], sql` and `);
  return sql.join(
    [
      named("named_benchmark", sql`${benchmarks}`, [sql`n.docker_image || ':' || n.docker_tag`]),
      named("named_site", sql`${sites}`, [sql`n.name`, sql`n.address`]),
      named("named_flavor", sql`${flavors}`, [sql`n.name`]),
      sql`"group" as materialized (select *, ${every} as is_found from (
        select ${sql.join([sql`c.*`, ...one], sql`, `)}
        from ${resultCounts} c join named_benchmark b on b.id = c.benchmark_id join named_site s on s.id = c.site_id
        join named_flavor f on f.id = c.flavor_id where c.shown > 0
      ) listed)`,
    ],
    sql`, `,
  );
}

/** Results of other groups that have the missing terms as tags. */
function extras(terms: readonly string[], shown: SQL): SQL {
  const columns = sql`r.key, r.benchmark_id, r.indexed`;
  if (terms.length === 0) return sql`select ${columns} from ${results} r where false`;
  const wanted = sql`any(array(select jsonb_array_elements_text(${JSON.stringify(terms)}::jsonb)))`;
  const every = terms.map(
    (term, n) => sql`(g.${sql.raw(`found${n}`)} or exists (
      select from ${resultTags} l join ${tags} t on t.id = l.tag_id where l.result_id = r.id and t.name = ${term}
    ))`,
  );
  return sql`select ${columns}
    from (select * from ${results} r where r.id = any(array(
      select distinct l.result_id from ${tags} t join ${resultTags} l on l.tag_id = t.id where t.name = ${wanted}
    )) and ${shown}) r
    join "group" g on (r.flavor_id, r.benchmark_id, r.site_id) = (g.flavor_id, g.benchmark_id, g.site_id)
    where not g.is_found and ${sql.join(every, sql` and `)}`;
}
