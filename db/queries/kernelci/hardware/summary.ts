import { type SQL, sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import type { Filters } from "../filters.ts";
import { UNKNOWN } from "../tree/build-rows.ts";
import { countColumns, rows, texts } from "../tree/figures.ts";
import { HardwareFigures, nameColumns, treeColumn } from "./figures.ts";
import { Found } from "./found.ts";
import { groupPasses, groupsOnHardware } from "./groups.ts";
import { type HardwareQuestion, PLACE_ORDER, treesOnHardware } from "./trees.ts";

const Summary = z.object({ ...Found.shape, ...HardwareFigures.shape });

/** The CTEs `unit`, `told` and `unknown` of `grouped`: what passes the filters, and failures less incidents. */
function figures(filters: Filters): SQL {
  return sql`
    judged as materialized (
      select t.*, c.origin, ${groupPasses(filters)} as passes from grouped t join checkout c on c.id = t.checkout_id
    ), unit as materialized (
      select kind, origin, architecture, compiler, config, lab, null::text as compatible, coalesce(platform, ${UNKNOWN}) as platform,
        coalesce(status, 'NULL') as status, sum(shown)::int as n
      from judged where passes group by 1, 2, 3, 4, 5, 6, 8, 9
    ), told as (
      select kind, null::text as issue_id, null::int as issue_version, null::text as comment, null::text as report_url, status, n, false as passes
      from unit where false
    ), unknown as (
      select kind, coalesce(sum(shown - shown_incidents) filter (where passes), 0)::int as n,
        coalesce(sum(n - incidents) filter (where is_of_head and issue_passes), 0) > 0 as seen
      from judged where status = 'FAIL' group by kind
    )`;
}

/** What there is to filter by: of the heads of all trees, before filters but those of a kind's issues. */
const OFFERED = sql`json_build_object(
  'hardware', '[]'::json,
  'configs', ${texts(sql`select distinct config from judged where is_of_head order by 1`)},
  'architectures', ${texts(sql`select distinct architecture from judged where is_of_head order by 1`)},
  'compilers', ${texts(sql`select distinct compiler from judged where is_of_head order by 1`)},
  'origins', ${rows(sql`
    select distinct kind, origin collate "C" as value from judged where is_of_head and issue_passes order by 1, 2`)},
  'labs', ${rows(sql`select distinct kind, lab as value from judged where is_of_head and issue_passes order by 1, 2`)},
  'issues', '[]'::json) as offered`;

/** The CTEs `listed`, the trees that have groups, numbered anew, and `tree_count`: all that was counted of each. */
const TREES = sql`
  listed as materialized (
    select (row_number() over (order by ${PLACE_ORDER}) - 1)::text as index, c.* from (
      select distinct on (tree_name, git_repository_branch, git_repository_url, git_commit_hash) c.* from checkout c
      where c.is_of_head and exists (select from grouped g where g.checkout_id = c.id)
      order by tree_name, git_repository_branch, git_repository_url, git_commit_hash, start_time, id
    ) as c
  ), tree_count as materialized (
    select l.index, g.kind, coalesce(g.status, 'NULL') as status, sum(g.n)::int as n
    from grouped g join checkout c on c.id = g.checkout_id
    join listed l on l.git_commit_hash = c.git_commit_hash and l.tree_name is not distinct from c.tree_name
      and l.git_repository_branch is not distinct from c.git_repository_branch
      and l.git_repository_url is not distinct from c.git_repository_url
    group by 1, 2, 3
  )`;

/** The figures of a hardware, counted by groups of builds and tests (contract part 06, `summary`). */
export async function summarizeHardware(
  db: Database,
  question: HardwareQuestion,
  filters: Filters,
): Promise<z.infer<typeof Summary>> {
  return await onlyBoundedRow(
    db,
    Summary,
    sql`
    with ${treesOnHardware(question)}, ${groupsOnHardware(question, filters)}, ${figures(filters)}, ${TREES}
    select exists (select from tree) as has_trees, exists (select from grouped where is_asked) as has_records, ${countColumns()},
      ${OFFERED}, ${treeColumn(sql`listed`)} as trees,
      ${nameColumns({
        hardware: question.hardware,
        compatibles: sql`select distinct compatibles from judged where is_of_head`,
        platforms: sql`select distinct kind, coalesce(platform, ${UNKNOWN}) as value from judged
          where is_of_head and issue_passes and kind <> 'builds'`,
      })}`,
  );
}
