import { sql } from "drizzle-orm";
import {
  boolean,
  type ExtraConfigColumn,
  foreignKey,
  index,
  integer,
  jsonb,
  primaryKey,
  uuid,
} from "drizzle-orm/pg-core";
import { benchmarks, claims, eoscPerf, flavors, moment, sites, tags, upload, users } from "./eosc-perf.ts";

/* What benchmarks measured (contracts/eosc-perf, sections 8 and 13). */

/** The usual order of lists, and what lists ask of each row: answered by an index, away from the wide rows. */
function listedBy<C extends ExtraConfigColumn>(
  t: Record<"executionDatetime" | "key" | "deleted" | "indexed" | "uploadDatetime", C>,
) {
  const { executionDatetime, key, deleted, indexed, uploadDatetime } = t;
  return [executionDatetime, key, deleted, indexed, uploadDatetime] as const;
}

/** What is asked of results that are known by key or id. */
function chosenBy<C extends ExtraConfigColumn>(
  t: Record<"deleted" | "indexed" | "benchmarkId" | "siteId" | "flavorId" | "executionDatetime" | "uploadDatetime", C>,
) {
  const { deleted, indexed, benchmarkId, siteId, flavorId, executionDatetime, uploadDatetime } = t;
  return [deleted, indexed, benchmarkId, siteId, flavorId, executionDatetime, uploadDatetime] as const;
}

/** One run of a benchmark; `deleted` hides it from lists, by DELETE or by a claim. */
export const results = eoscPerf.table(
  "result",
  {
    id: uuid("id").primaryKey(),
    /** In the order of upload; what `result_value` names a result by, since small keys make small indexes. */
    key: integer("key").notNull().generatedAlwaysAsIdentity(),
    json: jsonb("json").notNull(),
    executionDatetime: moment("execution_datetime").notNull(),
    deleted: boolean("deleted").notNull(),
    /** Whether an admin deleted it or agreed to a claim, so that no later decision on a claim shows it again. */
    withdrawn: boolean("withdrawn").notNull().default(false),
    benchmarkId: uuid("benchmark_id")
      .notNull()
      .references(() => benchmarks.id, { onDelete: "cascade" }),
    siteId: uuid("site_id")
      .notNull()
      .references(() => sites.id, { onDelete: "cascade" }),
    flavorId: uuid("flavor_id")
      .notNull()
      .references(() => flavors.id, { onDelete: "cascade" }),
    ...upload(),
    /** Whether all its values stand in `result_value`; index_results makes it false for documents with too many, which are looked at themselves. */
    indexed: boolean("indexed").notNull().default(true),
    claimReportId: uuid("_claim_report_id").references(() => claims.id, { onDelete: "set null" }),
  },
  (t) => [
    foreignKey({ columns: [t.uploaderSub, t.uploaderIss], foreignColumns: [users.sub, users.iss] }).onDelete("cascade"),
    index("result_benchmark").on(t.benchmarkId, ...listedBy(t), t.siteId, t.flavorId),
    index("result_site").on(t.siteId, ...listedBy(t), t.benchmarkId, t.flavorId),
    index("result_flavor").on(t.flavorId, ...listedBy(t), t.benchmarkId, t.siteId),
    index("result_uploader").on(t.uploaderSub, t.uploaderIss, ...listedBy(t), t.benchmarkId),
    index("result_claim").on(t.claimReportId).where(sql`${t.claimReportId} is not null`),
    index("result_execution").on(...listedBy(t), t.benchmarkId, t.siteId, t.flavorId),
    index("result_keyed").on(t.key, t.id, ...chosenBy(t)),
    index("result_listed").on(t.id, t.key, ...chosenBy(t)),
    index("result_hidden").on(t.key).where(sql`${t.deleted}`),
    index("result_unindexed").on(t.key).where(sql`not ${t.indexed}`),
  ],
);

export const resultTags = eoscPerf.table(
  "result_tags",
  {
    resultId: uuid("result_id")
      .notNull()
      .references(() => results.id, { onDelete: "cascade" }),
    tagId: uuid("tag_id")
      .notNull()
      .references(() => tags.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.resultId, t.tagId] }), index("result_tags_tag").on(t.tagId, t.resultId)],
);
