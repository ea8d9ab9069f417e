import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  doublePrecision,
  index,
  integer,
  primaryKey,
  smallint,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { benchmarks, eoscPerf } from "./eosc-perf.ts";

/* What filters and orders look at instead of the documents; kept by triggers of drizzle/20261121103446_keep_eosc_perf_values.sql. */

/** A path that some result of a benchmark has a value at. Written by index_results (trigger result_values of `result`). */
export const valuePaths = eoscPerf.table(
  "value_path",
  {
    id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
    benchmarkId: uuid("benchmark_id")
      .notNull()
      .references(() => benchmarks.id, { onDelete: "cascade" }),
    path: text("path").notNull(),
    /** Whether some value at it can only be ordered by looking at the document. */
    needsDocument: boolean("needs_document").notNull(),
    /** Whether some value at it is ordered by its text: a text or a boolean. */
    hasTexts: boolean("has_texts").notNull(),
  },
  (t) => [unique("value_path_name").on(t.path, t.benchmarkId), index("value_path_benchmark").on(t.benchmarkId)],
);

/**
 * The value of a result at a path: its type's rank among JSON values, and what it reads as. Written by index_results
 * (trigger result_values), removed by remove_values (result_values_gone) and remove_values_of_paths (path_values_gone).
 */
export const resultValues = eoscPerf.table(
  "result_value",
  {
    pathId: integer("path_id").notNull(),
    /** Of the result. */
    key: integer("key").notNull(),
    number: doublePrecision("number"),
    /** 0 null, 1 text, 2 number, 3 boolean, 4 array, 5 object: how PostgreSQL orders them. */
    kind: smallint("kind").notNull(),
    truth: boolean("truth"),
    text: text("text"),
  },
  (t) => [
    primaryKey({ columns: [t.pathId, t.key] }),
    index("result_value_number").on(t.pathId, t.number, t.key).where(sql`${t.number} is not null`),
    index("result_value_text").on(t.pathId, sql`${t.text} collate "C"`, t.key).where(sql`${t.text} is not null`),
    index("result_value_truth").on(t.pathId, t.truth, t.key).where(sql`${t.truth} is not null`),
  ],
);

/**
 * How many results lists show, by what they are usually chosen by. Written by count_inserted_results (trigger
 * result_inserted), count_hidden_results (result_hidden) and count_deleted_results (result_deleted).
 */
export const resultCounts = eoscPerf.table(
  "result_count",
  {
    benchmarkId: uuid("benchmark_id").notNull(),
    siteId: uuid("site_id").notNull(),
    flavorId: uuid("flavor_id").notNull(),
    shown: bigint("shown", { mode: "number" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.benchmarkId, t.flavorId, t.siteId] }),
    index("result_count_site").on(t.siteId),
    index("result_count_flavor").on(t.flavorId),
  ],
);
