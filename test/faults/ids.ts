import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "pg";
import { ACCEPTED, SENT } from "./sender.ts";

/** What the sender knows: every key it sent, with what is wrong about it, and receipt id -> key of what was accepted. */
export type Told = { sent: Map<string, string>; accepted: Set<string>; receipts: Map<string, string> };

/** What the database knows: receipt id -> key of each state. */
export type Kept = Record<"stored" | "repeated" | "rejected" | "dead" | "mended" | "waiting", Map<string, string>>;

/** Reads the sender's files. */
export function toldIds(folder: string): Told {
  const accepted = linesOf(join(folder, ACCEPTED));
  const receipts = accepted.flatMap(([key, location]): [string, string][] => {
    const receiptId = /^\/deliveries\/([0-9a-f-]{36})\./.exec(location)?.[1];
    return receiptId === undefined ? [] : [[receiptId, key]];
  });
  return {
    sent: new Map(linesOf(join(folder, SENT))),
    accepted: new Set(accepted.map(([key]) => key)),
    receipts: new Map(receipts),
  };
}

/** Reads every id of the ledger, in one statement so that all are of one moment. */
export async function keptIds(pool: Pool): Promise<Kept> {
  const kept: Kept = {
    stored: new Map(),
    repeated: new Map(),
    rejected: new Map(),
    dead: new Map(),
    mended: new Map(),
    waiting: new Map(),
  };
  const { rows } = await pool.query<{ state: keyof Kept; receipt_id: string; key: string }>(`
    select 'stored' as state, receipt_id, key from ledger.inbox
    union all select 'repeated', receipt_id, key from ledger.repeats
    union all select 'waiting', receipt_id, key from ledger.waiting
    union all select case state when 'stored' then 'mended' else state end, receipt_id, key from ledger.rejected`);
  for (const { state, receipt_id, key } of rows) kept[state].set(receipt_id, key);
  return kept;
}

function linesOf(file: string): [string, string][] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => {
    const [key = "", rest = ""] = line.split(" ");
    return [key, rest];
  });
}
