import { sql } from "drizzle-orm";
import * as z from "zod";
import { type Database, onlyRow } from "../../client.ts";
import {
  type CommitChange,
  CommitOutcome,
  type CommitSource,
  commitOutcome,
  findOrMakeCommit,
} from "./commit-source.ts";

const Stored = z.object({ outcome: CommitOutcome });

/** Finds or makes the commit that a body speaks of, and changes what the post changes (contract sections 4.3 and 4.4). */
export async function storeCommit(
  db: Database,
  text: string,
  source: CommitSource,
  change: CommitChange,
): Promise<{ outcome: CommitOutcome }> {
  return await onlyRow(
    db,
    Stored,
    sql`with ${findOrMakeCommit(text, source, change)} select ${commitOutcome(source)} as outcome`,
  );
}
