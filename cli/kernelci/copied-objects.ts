import type { CopiedTable } from "../../db/queries/kernelci/copied-rows.ts";
import type {
  NewBuild,
  NewCheckout,
  NewIncident,
  NewIssue,
  NewTest,
  Objects,
} from "../../db/upserts/kernelci/objects.ts";
import { parseExact } from "../../functions/ingest/kernelci/exact-numbers.ts";

/** Rows of one table as a submission of them, numbers as they are written. A checkout without start began as it was ingested. */
export function copiedObjects(table: CopiedTable, texts: readonly string[]): Objects {
  const objects: Objects = { checkouts: [], builds: [], tests: [], issues: [], incidents: [] };
  const rows = texts.map(parseExact);
  // The rows were selected by the very columns of the table, and in their types.
  if (table === "checkouts") objects.checkouts = (rows as NewCheckout[]).map(started);
  else if (table === "builds") objects.builds = rows as NewBuild[];
  else if (table === "tests") objects.tests = rows as NewTest[];
  else if (table === "issues") objects.issues = rows as NewIssue[];
  else objects.incidents = rows as NewIncident[];
  return objects;
}

function started(checkout: NewCheckout): NewCheckout {
  const { startTime, ingestedAt } = checkout;
  // The original's column may be null, whatever our type says of a submission.
  return { ...checkout, startTime: startTime ?? String(ingestedAt) };
}
