import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import type { Filters } from "../filters.ts";
import { figureColumns, figuresOf } from "../tree/figures.ts";
import { HardwareFigures, nameColumns, treeColumn } from "./figures.ts";
import { FOUND, Found } from "./found.ts";
import { BUILD_ITEMS, testItems } from "./items.ts";
import { buildRecords, recordsOnHardware, testRecords } from "./records.ts";
import { type HardwareQuestion, treesOnHardware } from "./trees.ts";

const Everything = z.object({
  ...{ ...Found.shape, ...HardwareFigures.shape },
  ...{ builds: z.string(), boots: z.string(), tests: z.string() },
});

/**
 * The CTEs of figures. Every test stands there once for each of its incidents and each of its build's; a build's own issue
 * counts nowhere, so every build that failed is one without an issue (contract part 06, Records).
 */
const FIGURES = sql`
  repeated as (select build_id, count(*) as times from build_incident group by build_id),
  record_row as materialized (
    select t.*, coalesce(r.times, 1) as times from test_row t left join repeated r on r.build_id = t.build_id
  ), test_unit as (
    select kind, origin, architecture, compiler, config, lab, null::text as compatible, platform, status,
      count(*) filter (where passes and nth = 1)::int as n
    from test_row where is_chosen group by kind, origin, architecture, compiler, config, lab, platform, status
  ), test_told as (
    select kind, issue_id, issue_version, comment, report_url, status, sum(times)::int as n, passes
    from record_row where is_known and is_chosen group by kind, issue_id, issue_version, comment, report_url, status, passes
  ), test_unknown as (
    select kind, true as seen, coalesce(sum(times) filter (where passes), 0)::int as n
    from record_row where is_chosen and status = 'FAIL' and not is_known group by kind
  ), build_unit as (
    select 'builds' as kind, origin, architecture, compiler, config, lab, null::text as compatible, null::text as platform,
      status, count(distinct id) filter (where passes)::int as n
    from build_row where is_chosen group by origin, architecture, compiler, config, lab, status
  ), build_told as (select * from test_told where false),
  build_unknown as (
    select 'builds' as kind, coalesce(bool_or(status = 'FAIL'), false) as seen,
      count(distinct id) filter (where passes and status = 'FAIL')::int as n
    from build_row where is_chosen
  )`;

/** Why tests failed. */
const REASONS = sql`
  select kind, reason, count(*)::int from test_row where passes and nth = 1 and reason is not null group by kind, reason`;

/**
 * The CTE `tree_count`: what was recorded of each tree, whatever the filters. Tests are counted once a record; so are builds,
 * until the first record that lists them.
 */
const TREE_COUNT = sql`
  build_record as (
    select t.index, b.id, b.status, b.passes and t.chosen as lists,
      row_number() over (partition by b.id order by t.told_at desc nulls first, b.told_at desc nulls first, t.id, b.incident_id) as nth
    from test_row t join build_row b on b.id = t.build_id where not b.is_dummy
  ), tree_count as materialized (
    select index, 'builds' as kind, status, sum(n)::int as n from (
      select index, status, coalesce(min(nth) filter (where lists), count(*)) as n from build_record group by index, id, status
    ) as counted group by index, status
    union all
    select index, kind, status, sum(times)::int from record_row group by index, kind, status
  )`;

/** Everything that ran on a hardware: figures, and builds, boots and tests as JSON text (contract part 06, `full`). */
export async function findHardware(
  db: Database,
  question: HardwareQuestion,
  filters: Filters,
): Promise<z.infer<typeof Everything>> {
  return await onlyBoundedRow(
    db,
    Everything,
    sql`
    with ${treesOnHardware(question)}, ${recordsOnHardware(question)}, ${testRecords(filters)}, ${buildRecords(filters)},
      ${FIGURES}, ${figuresOf(["build", "test"])}, ${TREE_COUNT}
    select ${FOUND}, ${figureColumns({ reasons: REASONS, hardware: sql`select null::text where false` })}, ${treeColumn(sql`tree`)} as trees,
      ${nameColumns({
        hardware: question.hardware,
        compatibles: sql`select distinct environment_compatible from test`,
        platforms: sql`select distinct kind, platform as value from unit where kind <> 'builds'`,
      })},
      ${BUILD_ITEMS} as builds, ${testItems("boots", false)} as boots, ${testItems("tests", false)} as tests`,
  );
}
