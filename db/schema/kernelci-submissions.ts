import { bigint, primaryKey, smallint, text } from "drizzle-orm/pg-core";
import { kernelci } from "./kernelci.ts";

/** Names of trees by repository address, as the operator loads them; a checkout of such a repository gets that name. */
export const treeNames = kernelci.table("tree_names", {
  gitRepositoryUrl: text("git_repository_url").primaryKey(),
  treeName: text("tree_name").notNull(),
});

/** Submissions stored, by the origin of the token they came with; in slots, so that parallel transactions write different rows. */
export const submissionCounts = kernelci.table(
  "submission_counts",
  {
    origin: text("origin").notNull(),
    slot: smallint("slot").notNull(),
    total: bigint("total", { mode: "number" }).notNull(),
    sizeBytes: bigint("size_bytes", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.origin, t.slot] })],
);

/** What submissions held, by the labels of the Prometheus counters (part 09); empty where an object has no such label. */
export const objectCounts = kernelci.table(
  "object_counts",
  {
    what: text("what").$type<"checkouts" | "builds" | "tests" | "issues" | "incidents">().notNull(),
    origin: text("origin").notNull(),
    lab: text("lab").notNull(),
    platform: text("platform").notNull(),
    slot: smallint("slot").notNull(),
    total: bigint("total", { mode: "number" }).notNull(),
  },
  (t) => [primaryKey({ columns: [t.what, t.origin, t.lab, t.platform, t.slot] })],
);
