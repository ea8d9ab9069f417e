import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { issues } from "../../../schema/index.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import type { Filters } from "../filters.ts";
import { arrayText, instant } from "../json-text.ts";
import { incidentOf, isSeen, isSeenInTree } from "./seen-in.ts";

/** `known` is false when the range holds no issue at all; `text` is the answer. */
const List = z.object({ known: z.boolean(), text: z.string() });

/** Issues stored from `since` to `until` (ISO texts, both included) that pass the filters (contract part 07, list). */
export async function issuesStored(
  db: Database,
  { since, until }: { since: string; until: string },
  filters: Filters["issue"],
): Promise<z.infer<typeof List>> {
  const items = sql`
    select ${instant(sql`s._timestamp`)} as field_timestamp, s.id, s.comment, s.origin, s.version, s.culprit_code,
      s.culprit_tool, s.culprit_harness, s.categories
    from listed s order by s._timestamp, s.id`;
  return await onlyBoundedRow(
    db,
    List,
    sql`
    with stored as materialized (
      select * from ${issues} where _timestamp between ${since}::timestamptz and ${until}::timestamptz
    ), listed as materialized (
      select s.*, i.seen from stored s
        cross join lateral (select ${isSeen(sql`s.id`)} as seen) i
      where ${passing(filters)} and (not i.seen or ${isSeenInTree(sql`s.id`, sql`s.version`)})
    )
    select exists (select from stored) as known, concat(
      '{"issues":', ${arrayText(items)}, ',"extras":', (
        select coalesce(json_object_agg(s.id, ${incidentOf(sql`s.id`, "first")} order by s.id), '{}') from listed s where s.seen
      ), ',"filters":', (
        select row_to_json(f) from (select
          (select coalesce(json_agg(distinct origin order by origin), '[]') from stored) as origins,
          (select coalesce(json_agg(culprit order by culprit), '[]') from (
            select 'code' as culprit where exists (select from stored where culprit_code)
            union all select 'harness' where exists (select from stored where culprit_harness)
            union all select 'tool' where exists (select from stored where culprit_tool)) c) as culprits,
          (select coalesce(json_agg(distinct category order by category), '[]')
            from stored, unnest(categories) as category) as categories) f
      ), '}') as text`,
  );
}

/** The condition on stored issues `s`, with `i.seen` for whether there is an incident of any version. */
function passing({ origins, culprits, categories, options }: Filters["issue"]): SQL {
  const all = [sql`true`];
  if (origins.length > 0) all.push(sql`s.origin in (${listOf(origins)})`);
  if (categories.length > 0) all.push(sql`s.categories && array[${listOf(categories)}]::text[]`);
  if (culprits.length > 0)
    all.push(sql`((s.culprit_code and ${culprits.includes("code")}) or (s.culprit_tool and ${culprits.includes("tool")})
      or (s.culprit_harness and ${culprits.includes("harness")}))`);
  if (options.length > 0) all.push(sql`i.seen`);
  return sql.join(all, sql` and `);
}

function listOf(texts: readonly string[]): SQL {
  return sql.join(
    texts.map((text) => sql`${text}`),
    sql`, `,
  );
}
