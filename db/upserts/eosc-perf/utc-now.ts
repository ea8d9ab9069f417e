import { sql } from "drizzle-orm";

/** This moment as the tables hold it: UTC without zone. */
export const UTC_NOW = sql`(now() at time zone 'UTC')`;
