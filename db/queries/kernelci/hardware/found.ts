import { sql } from "drizzle-orm";
import * as z from "zod";

/** What was found on the way: trees of the hardware, and any record of it. */
export const Found = z.object({ has_trees: z.boolean(), has_records: z.boolean() });

/** Both as columns. */
export const FOUND = sql`exists (select from tree) as has_trees, exists (select from record) as has_records`;

/** A list as JSON text. */
export const Listed = Found.extend({ items: z.string() });
export type HardwareItems = z.infer<typeof Listed>;
