import { sql } from "drizzle-orm";
import { foreignKey, index, json, pgSchema, primaryKey, text, timestamp, unique, uuid } from "drizzle-orm/pg-core";

/**
 * Benchmarks, the sites they run on and who says so, with the tables and columns of contracts/eosc-perf, section 13.
 * Cascades are the database's: foreign keys, and a trigger that removes a resource's submit with it.
 */
export const eoscPerf = pgSchema("eosc_perf");

/** Times are UTC without zone, to the microsecond. */
export const moment = (name: string) => timestamp(name, { withTimezone: false, mode: "string" });

export const resourceStatus = eoscPerf.enum("resourcestatus", ["on_review", "approved"]);

export const users = eoscPerf.table(
  "user",
  {
    sub: text("sub").notNull(),
    iss: text("iss").notNull(),
    email: text("email").notNull(),
    registrationDatetime: moment("registration_datetime").notNull(),
  },
  (t) => [primaryKey({ columns: [t.sub, t.iss] })],
);

/**
 * What awaits a decision of an admin; the resource points at it until then. Removed with it by remove_submits, a trigger of
 * 20261121103446_keep_eosc_perf_values.sql on each of the four tables.
 */
export const submits = eoscPerf.table(
  "submit",
  {
    id: uuid("id").primaryKey(),
    resourceType: text("resource_type").$type<"benchmark" | "claim" | "site" | "flavor">().notNull(),
    uploadDatetime: moment("upload_datetime").notNull(),
  },
  (t) => [index("submit_order").on(t.resourceType, t.uploadDatetime)],
);

/** Who brought a resource, and when. */
export const upload = () => ({
  uploaderSub: text("uploader_sub").notNull(),
  uploaderIss: text("uploader_iss").notNull(),
  uploadDatetime: moment("upload_datetime").notNull(),
});

/** The life of a resource that is reviewed (section 4). */
const review = () => ({
  status: resourceStatus("status").notNull(),
  ...upload(),
  submitReportId: uuid("_submit_report_id").references(() => submits.id, { onDelete: "set null" }),
});

export const tags = eoscPerf.table("tag", {
  id: uuid("id").primaryKey(),
  name: text("name").notNull().unique("tag_name"),
  description: text("description"),
});

export const benchmarks = eoscPerf.table(
  "benchmark",
  {
    id: uuid("id").primaryKey(),
    dockerImage: text("docker_image").notNull(),
    dockerTag: text("docker_tag").notNull(),
    url: text("url").notNull(),
    /** `json`, not `jsonb`: the schema's text is kept. */
    jsonSchema: json("json_schema").notNull(),
    description: text("description"),
    ...review(),
  },
  (t) => [
    unique("benchmark_name").on(t.dockerImage, t.dockerTag),
    foreignKey({ columns: [t.uploaderSub, t.uploaderIss], foreignColumns: [users.sub, users.iss] }).onDelete("cascade"),
    index("benchmark_uploader").on(t.uploaderSub, t.uploaderIss),
    index("benchmark_submit").on(t.submitReportId).where(sql`${t.submitReportId} is not null`),
  ],
);

export const sites = eoscPerf.table(
  "site",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull().unique("site_name"),
    address: text("address").notNull(),
    description: text("description"),
    ...review(),
  },
  (t) => [
    foreignKey({ columns: [t.uploaderSub, t.uploaderIss], foreignColumns: [users.sub, users.iss] }).onDelete("cascade"),
    index("site_uploader").on(t.uploaderSub, t.uploaderIss),
    index("site_submit").on(t.submitReportId).where(sql`${t.submitReportId} is not null`),
  ],
);

export const flavors = eoscPerf.table(
  "flavor",
  {
    id: uuid("id").primaryKey(),
    name: text("name").notNull(),
    description: text("description"),
    siteId: uuid("site_id")
      .notNull()
      .references(() => sites.id, { onDelete: "cascade" }),
    ...review(),
  },
  (t) => [
    unique("flavor_name").on(t.siteId, t.name),
    foreignKey({ columns: [t.uploaderSub, t.uploaderIss], foreignColumns: [users.sub, users.iss] }).onDelete("cascade"),
    index("flavor_uploader").on(t.uploaderSub, t.uploaderIss),
    index("flavor_submit").on(t.submitReportId).where(sql`${t.submitReportId} is not null`),
  ],
);

/** Complaints about results; the result points at the newest one. */
export const claims = eoscPerf.table(
  "claim",
  {
    id: uuid("id").primaryKey(),
    message: text("message").notNull(),
    resourceType: text("resource_type").$type<"result">().notNull(),
    ...review(),
  },
  (t) => [
    foreignKey({ columns: [t.uploaderSub, t.uploaderIss], foreignColumns: [users.sub, users.iss] }).onDelete("cascade"),
    index("claim_uploader").on(t.uploaderSub, t.uploaderIss),
    index("claim_submit").on(t.submitReportId).where(sql`${t.submitReportId} is not null`),
    index("claim_upload").on(t.uploadDatetime),
  ],
);
