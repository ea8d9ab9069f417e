import type { Pool } from "pg";
import { countsOf } from "../../db/kernelci/counts-model.ts";
import { keptCounts, storedObjects } from "../../db/kernelci/derived-tables.ts";
import { differences } from "../row-differences.ts";

/** Counts that a recount of the stored objects does not confirm, and submissions that are not counted exactly once. */
export async function wrongKernelciCounts(pool: Pool): Promise<string[]> {
  const asTexts = (counts: object) =>
    new Map(Object.entries(counts).map(([name, rows]) => [`${name}, recounted,`, rows.map(sortedText)]));
  const { rows } = await pool.query<{ counted: number; stored: number }>(`
    select (select coalesce(sum(total), 0)::int from kernelci.submission_counts) as counted,
      (select count(*)::int from ledger.inbox where source = 'kernelci') as stored`);
  const [total] = rows;
  return [
    ...differences(asTexts(await keptCounts(pool)), asTexts(countsOf(await storedObjects(pool)))),
    ...(total?.counted === total?.stored ? [] : [`${total?.counted} submissions are counted of ${total?.stored}`]),
  ];
}

const sortedText = (row: object) => JSON.stringify(Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)));
