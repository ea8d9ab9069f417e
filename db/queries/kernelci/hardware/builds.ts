import { sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import type { Filters } from "../filters.ts";
import { FOUND, type HardwareItems, Listed } from "./found.ts";
import { BUILD_ITEMS } from "./items.ts";
import { buildRecords, recordsOnHardware } from "./records.ts";
import { type HardwareQuestion, treesOnHardware } from "./trees.ts";

/** The builds that ran on a hardware, as JSON text (contract part 06, Records). */
export async function listHardwareBuilds(
  db: Database,
  question: HardwareQuestion,
  filters: Filters,
): Promise<HardwareItems> {
  return await onlyBoundedRow(
    db,
    Listed,
    sql`
    with ${treesOnHardware(question)}, ${recordsOnHardware(question)}, ${buildRecords(filters)}
    select ${FOUND}, ${BUILD_ITEMS} as items`,
  );
}
