import { sql } from "drizzle-orm";
import * as z from "zod";
import type { Database } from "../../../client.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import type { Filters } from "../filters.ts";
import { buildsIn } from "./build-rows.ts";
import { checkoutsOfCommit, type TreeAddress } from "./checkouts.ts";
import { testItems } from "./items.ts";
import { testRows } from "./test-rows.ts";

const Answer = z.object({ checkouts: z.coerce.number(), items: z.string() });

/** The boots or the other tests of a commit as JSON text, and how many checkouts it has. */
export async function testsOfCommit(
  db: Database,
  address: TreeAddress,
  filters: Filters,
  { kind, whole }: { kind: "boots" | "tests"; whole: boolean },
): Promise<z.infer<typeof Answer>> {
  return await onlyBoundedRow(
    db,
    Answer,
    sql`
    with ${checkoutsOfCommit(address)}, ${buildsIn("checkout")},
      ${testRows({ filters, kinds: kind, withBuildIncidents: false, withEnvironment: whole })}
    select (select count(*) from checkout) as checkouts, ${testItems(kind, whole)} as items`,
  );
}
