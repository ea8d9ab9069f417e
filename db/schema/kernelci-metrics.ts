import { sql } from "drizzle-orm";
import { bigint, date, index, integer, primaryKey, smallint, text, unique } from "drizzle-orm/pg-core";
import { kernelci } from "./kernelci.ts";

/* Roll-ups by day of ingestion (UTC) that `metrics/` reads (contracts/kernelci, part 08). */

/** What a row of `metrics_by_day` counts; tests are boots, tests or without a path, and `lab_build` are the builds that a lab tested. */
export type Metric = "checkout" | "build" | "boot" | "test" | "pathless" | "issue" | "incident" | "lab_build";

/**
 * Objects by the day of their newest submission. `name` is a checkout's tree, a test's lab, or the origin of an incident of
 * a build. A `lab_build` counts builds whose tests a lab submitted on `day` and, before that, last on `previous_day`: so the
 * distinct builds of any interval are a sum. In slots, so that parallel transactions write different rows.
 */
export const metricsByDay = kernelci.table(
  "metrics_by_day",
  {
    day: date("day", { mode: "string" }).notNull(),
    what: text("what").$type<Metric>().notNull(),
    name: text("name"),
    issueId: text("issue_id"),
    issueVersion: integer("issue_version"),
    previousDay: date("previous_day", { mode: "string" }),
    slot: smallint("slot").notNull(),
    total: bigint("total", { mode: "number" }).notNull(),
  },
  (t) => [
    unique("metrics_by_day_group")
      .on(t.day, t.what, t.name, t.issueId, t.issueVersion, t.previousDay, t.slot)
      .nullsNotDistinct(),
    index("metrics_by_day_issue").on(t.issueId, t.day).where(sql`${t.issueId} is not null`),
  ],
);

/** How many tests of a build a lab submitted last on a day. */
export const metricsLabBuilds = kernelci.table(
  "metrics_lab_builds",
  {
    buildId: text("build_id").notNull(),
    lab: text("lab").notNull(),
    day: date("day", { mode: "string" }).notNull(),
    total: integer("total").notNull(),
  },
  (t) => [primaryKey({ columns: [t.buildId, t.lab, t.day] })],
);
