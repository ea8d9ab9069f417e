import { sql } from "drizzle-orm";
import type * as z from "zod";
import type { Database } from "../../../client.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import type { Filters } from "../filters.ts";
import { buildFigures, buildRows, buildsAlone, buildsIn } from "./build-rows.ts";
import { checkoutsNamed, checkoutsOfCommit, type TreeAddress } from "./checkouts.ts";
import { Figures, figureColumns, figuresOf, Head, headColumns } from "./figures.ts";
import { rollupFigures, rollupRows } from "./rollup-rows.ts";
import { ROWS_TELL, TEST_FIGURES, testRows } from "./test-rows.ts";

const Kept = Head.extend(Figures.shape);

/**
 * The figures of a commit: builds from their rows, boots and tests from the counts kept at write time, or from their rows
 * when none are kept or a path is asked for (contract part 05, "summary works on two sources"). `tested`: counts are kept.
 */
export async function summaryOfCommit(
  db: Database,
  address: TreeAddress,
  filters: Filters,
): Promise<z.infer<typeof Kept> & { tested: boolean }> {
  const kept = await onlyBoundedRow(
    db,
    Kept,
    sql`
    with ${checkoutsNamed(address)}, ${buildsIn("named")},
      ${buildRows(filters, buildsAlone(filters, sql`i.test_id is null`, sql`true`))},
      ${buildFigures(sql`desc nulls last`, sql`(select count(*) from named)`)},
      ${rollupRows(filters)}, ${rollupFigures(filters)}, ${figuresOf(["build", "rollup"])}
    select ${headColumns("named")}, ${figureColumns()}`,
  );
  const tested = kept.offered.hardware.length > 0;
  const hasPath = filters.boot.path !== "" || filters.test.path !== "";
  if (!kept.built || (tested && !hasPath)) return { ...kept, tested };
  return { ...kept, ...replaced(kept, await figuresOfTests(db, address, filters)), tested };
}

/** The figures of a commit's boots and tests, row by row. */
async function figuresOfTests(db: Database, address: TreeAddress, filters: Filters): Promise<Figures> {
  return await onlyBoundedRow(
    db,
    Figures,
    sql`
    with ${checkoutsOfCommit(address)}, ${buildsIn("checkout")},
      ${testRows({ filters, kinds: "both", withBuildIncidents: true })}, ${TEST_FIGURES}, ${figuresOf(["test"])}
    select ${figureColumns(ROWS_TELL)}`,
  );
}

/** The figures of builds with those of tests from elsewhere. */
function replaced(kept: Figures, tests: Figures): Figures {
  const joined = <T extends { kind: string }>(ours: readonly T[], theirs: readonly T[]) => [
    ...ours.filter(({ kind }) => kind === "builds"),
    ...theirs,
  ];
  const { origins, labs, issues, hardware } = tests.offered;
  return {
    tallies: joined(kept.tallies, tests.tallies),
    told: joined(kept.told, tests.told),
    unknown: joined(kept.unknown, tests.unknown),
    offered: {
      ...kept.offered,
      hardware,
      origins: joined(kept.offered.origins, origins),
      labs: joined(kept.offered.labs, labs),
      issues: joined(kept.offered.issues, issues),
    },
  };
}
