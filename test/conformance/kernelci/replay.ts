import { Pool } from "pg";
import type { Stack } from "../../../dev/stack.ts";
import type { Tally } from "../tally.ts";
import { replayCases } from "./cases.ts";
import { replayIngest } from "./ingest.ts";

/** Replays everything recorded of KernelCI: what is read first, since listings depend on all that is stored. */
export async function replayKernelci(stack: Stack, recordings: string, filter: string, tally: Tally): Promise<void> {
  const pool = new Pool({ connectionString: stack.databaseUrl, max: 1, options: "-c TimeZone=UTC" });
  try {
    await replayCases(stack, pool, recordings, filter, tally);
    await replayIngest(stack, pool, recordings, filter, tally);
  } finally {
    await pool.end();
  }
}
