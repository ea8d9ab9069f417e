import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import type { Filters } from "../filters.ts";
import { buildFigures, buildRows, buildsAlone, buildsIn } from "./build-rows.ts";
import { checkoutsOfCommit, type TreeAddress } from "./checkouts.ts";
import { Figures, figureColumns, figuresOf, Head, headColumns } from "./figures.ts";
import { BUILD_ITEMS, testItems } from "./items.ts";
import { ROWS_TELL, TEST_FIGURES, testRows, UNTESTED } from "./test-rows.ts";

const Answer = Head.extend({ ...Figures.shape, builds: z.string(), boots: z.string(), tests: z.string() });

/** Everything of a commit: figures, and builds, boots and tests as JSON text. */
export async function everythingOfCommit(
  db: Database,
  address: TreeAddress,
  filters: Filters,
): Promise<z.infer<typeof Answer>> {
  const rows = sql`
    select t.build_id, t.chosen, t.is_known as of_test, t.issue_id, t.issue_version, t.comment, t.report_url, t.told_at
    from test_row t
    union all ${buildsAlone(filters, sql`true`, UNTESTED)}`;
  return await onlyBoundedRow(
    db,
    Answer,
    sql`
    with ${checkoutsOfCommit(address)}, ${buildsIn("checkout")},
      ${testRows({ filters, kinds: "both", withBuildIncidents: true })},
      ${buildRows(filters, rows)}, ${buildFigures(sql`desc nulls first`, sql`1`)}, ${TEST_FIGURES}, ${figuresOf(["build", "test"])}
    select ${headColumns("checkout")}, ${figureColumns(ROWS_TELL)},
      ${BUILD_ITEMS} as builds, ${testItems("boots", false)} as boots, ${testItems("tests", false)} as tests`,
  );
}
