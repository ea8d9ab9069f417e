import { type SQL, sql } from "drizzle-orm";
import { byBytes } from "./sort.ts";

/** What every list of reviewed resources is chosen by; days as YYYY-MM-DD. */
export type Reviewed = {
  status: "on_review" | "approved";
  upload_before?: string | undefined;
  upload_after?: string | undefined;
};

/** Sort fields that all reviewed resources have. */
export const REVIEWED_FIELDS = ["id", "status", "upload_datetime", "uploader_sub", "uploader_iss"] as const;

/** Columns of these fields in a table's alias; statuses sort by name. */
export function reviewedSorts(alias: SQL) {
  return {
    id: sql`${alias}.id`,
    status: sql`${alias}.status::text`,
    upload_datetime: sql`${alias}.upload_datetime`,
    uploader_sub: byBytes(sql`${alias}.uploader_sub`),
    uploader_iss: byBytes(sql`${alias}.uploader_iss`),
  };
}
