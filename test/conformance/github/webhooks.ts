import { join } from "node:path";
import { Pool } from "pg";
import type { Stack } from "../../../dev/stack.ts";
import type { Tally } from "../tally.ts";
import { type Manner, replaySequence } from "./replay-sequence.ts";
import { readSequences } from "./sequence.ts";

const MANNERS: readonly Manner[] = ["in order", "shuffled", "at once"];

/** Replays every recorded webhook sequence in every manner through the whole chain. */
export async function replayWebhooks(stack: Stack, recordings: string, filter: string, tally: Tally): Promise<void> {
  const pool = new Pool({ connectionString: stack.databaseUrl, max: 2 });
  try {
    for (const sequence of readSequences(join(recordings, "github", "webhooks"))) {
      if (!sequence.name.includes(filter)) continue;
      for (const manner of MANNERS) {
        const wrong = await replaySequence(sequence, manner, `${stack.edgeUrl}/github`, pool);
        tally.count(`github webhooks: ${sequence.name}, ${manner}`, wrong);
      }
    }
  } finally {
    await pool.end();
  }
}
