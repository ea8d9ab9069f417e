import { sql } from "drizzle-orm";
import type { Database } from "../../../client.ts";
import { onlyBoundedRow } from "../../bounded-rows.ts";
import type { Filters } from "../filters.ts";
import { FOUND, type HardwareItems, Listed } from "./found.ts";
import { testItems } from "./items.ts";
import { recordsOnHardware, testRecords } from "./records.ts";
import { type HardwareQuestion, treesOnHardware } from "./trees.ts";

/** The boots or the other tests that ran on a hardware, as JSON text (contract part 06, Records). */
export async function listHardwareTests(
  db: Database,
  question: HardwareQuestion,
  filters: Filters,
  { kind, whole }: { kind: "boots" | "tests"; whole: boolean },
): Promise<HardwareItems> {
  return await onlyBoundedRow(
    db,
    Listed,
    sql`
    with ${treesOnHardware(question)}, ${recordsOnHardware(question, { kind, withEnvironment: whole })}, ${testRecords(filters)}
    select ${FOUND}, ${testItems(kind, whole)} as items`,
  );
}
