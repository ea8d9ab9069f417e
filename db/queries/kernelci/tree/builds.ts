import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import type { Filters } from "../filters.ts";
import { buildRows, buildsAlone, buildsIn } from "./build-rows.ts";
import { checkoutsOfCommit, type TreeAddress } from "./checkouts.ts";
import { BUILD_ITEMS } from "./items.ts";

const Answer = z.object({ checkouts: z.coerce.number(), built: z.boolean(), items: z.string() });

/** The builds of a commit as JSON text, how many checkouts it has, and whether any of them was built. */
export async function buildsOfCommit(
  db: Database,
  address: TreeAddress,
  filters: Filters,
): Promise<z.infer<typeof Answer>> {
  return await onlyBoundedRow(
    db,
    Answer,
    sql`
    with ${checkoutsOfCommit(address)}, ${buildsIn("checkout")},
      ${buildRows(filters, buildsAlone(filters, sql`true`, sql`true`))}
    select (select count(*) from checkout) as checkouts, exists (select from build) as built, ${BUILD_ITEMS} as items`,
  );
}
