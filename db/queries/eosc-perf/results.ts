import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, firstRow } from "../../client.ts";
import type { Person } from "../../render/eosc-perf/keys.ts";
import { RESULT, USER } from "../../render/eosc-perf/objects.ts";
import { oneJson } from "../../render/eosc-perf/one-json.ts";
import { results, resultTags, users } from "../../schema/index.ts";
import { betweenDays, equalTo } from "./conditions.ts";
import { type Filter, type Filtering, filtering } from "./filters.ts";
import type { Listed } from "./listed.ts";
import { conditionsMet } from "./result-choices.ts";
import { looksInside } from "./result-order.ts";
import { inOrder, type Shown, shownIn, sortedMatches, WITH_PARTS } from "./result-pages.ts";

/** A result as JSON text, hidden ones too; undefined for an unknown id. */
export async function resultOf(db: Database, id: string): Promise<string | undefined> {
  return await oneJson(db, sql`select ${RESULT}::text as json from ${WITH_PARTS} where r.id = ${id}::uuid`);
}

/** Who uploaded a result, as JSON text; undefined for an unknown id. */
export async function uploaderOf(db: Database, id: string): Promise<string | undefined> {
  return await oneJson(
    db,
    sql`select ${USER}::text as json from ${results} r
      join ${users} u on (u.sub, u.iss) = (r.uploader_sub, r.uploader_iss) where r.id = ${id}::uuid`,
  );
}

const Owner = z.object({ sub: z.string(), iss: z.string() });

/** The key of a result's uploader; undefined for an unknown id. */
export async function ownerOf(db: Database, id: string): Promise<Person | undefined> {
  return await firstRow(
    db,
    Owner,
    sql`select uploader_sub as sub, uploader_iss as iss from ${results} where id = ${id}::uuid`,
  );
}

/** Days that results are chosen by, as YYYY-MM-DD. */
type Days = {
  upload_before?: string | undefined;
  upload_after?: string | undefined;
  execution_before?: string | undefined;
  execution_after?: string | undefined;
};

/** What results are chosen by; tags must all be there, filters all hold. */
export type ResultChoice = Days & {
  benchmark_id?: string | undefined;
  site_id?: string | undefined;
  flavor_id?: string | undefined;
  tags_ids?: readonly string[];
  filters?: readonly Filter[];
};

/** A page of the results that lists show (contract section 8). */
export async function resultsBy(db: Database, choice: ResultChoice & Shown): Promise<Listed> {
  const { benchmark_id, site_id, flavor_id, tags_ids = [], filters = [], sorts, page } = choice;
  const ids = { benchmark_id, site_id, flavor_id };
  const columns = { benchmark_id: sql`r.benchmark_id`, site_id: sql`r.site_id`, flavor_id: sql`r.flavor_id` };
  const days = [
    ...betweenDays(sql`r.upload_datetime`, choice.upload_before, choice.upload_after),
    ...betweenDays(sql`r.execution_datetime`, choice.execution_before, choice.execution_after),
  ];
  const tagged = tags_ids.map(
    (id) => sql`exists (select from ${resultTags} l where l.result_id = r.id and l.tag_id = ${id}::uuid)`,
  );
  const place = equalTo(columns, { site_id, flavor_id });
  const at = [sql`not r.deleted`, ...equalTo(columns, { benchmark_id }), ...place];
  const more = [...days, ...tagged];
  const where = [...at, ...more];
  const shown = { sorts, page };
  if (filters.length > 0) {
    const filtered = filtering(filters, benchmark_id, place.length === 0 ? [] : [conditionsMet(all(at))]);
    return await sortedMatches(db, passing(filtered, where, more.length > 0), shown);
  }
  if (looksInside(sorts)) return await sortedMatches(db, matching(where), shown);
  const isCounted = days.length === 0 && tagged.length === 0;
  return await inOrder(db, where, isCounted ? shownIn(equalTo(columns, ids)) : undefined, shown);
}

const all = (conditions: readonly SQL[]) => sql.join([...conditions], sql` and `);
const matching = (where: readonly SQL[]) =>
  sql`select r.key, r.benchmark_id, r.indexed from ${results} r where ${all(where)}`;

/** Results that pass filters; `isMore` when candidates have more to pass. They are shown ones unless hidden, which few are. */
function passing({ candidates, candidatePasses, otherPasses }: Filtering, where: readonly SQL[], isMore: boolean): SQL {
  const indexed = [...where, ...candidatePasses, sql`r.indexed`];
  const kept =
    candidates === undefined
      ? matching(indexed)
      : isMore || candidatePasses.length > 0
        ? matching([...indexed, sql`r.key = any(array(select unnest(c.keys) from (${candidates}) c))`])
        : sql`select c.key, g.benchmark_id, true as indexed from (${candidates}) g cross join unnest(g.keys) as c (key)
          where not exists (select from ${results} h where h.key = c.key and h.deleted)`;
  return sql`${kept} union all ${matching([...where, ...otherPasses, sql`not r.indexed`])}`;
}

/** A page of the results somebody uploaded, hidden ones too; only days of upload choose among them (section 11). */
export async function ownResults(
  db: Database,
  { sub, iss }: Person,
  { upload_before, upload_after, sorts, page }: Pick<Days, "upload_before" | "upload_after"> & Shown,
): Promise<Listed> {
  const days = betweenDays(sql`r.upload_datetime`, upload_before, upload_after);
  const where = [sql`r.uploader_sub = ${sub}`, sql`r.uploader_iss = ${iss}`, ...days];
  if (looksInside(sorts)) return await sortedMatches(db, matching(where), { sorts, page });
  return await inOrder(db, where, undefined, { sorts, page });
}
