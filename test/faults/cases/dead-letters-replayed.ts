import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Fault, Scene } from "../fault.ts";
import { keptIds } from "../ids.ts";
import { refuseInserts } from "../refusing-trigger.ts";

/** Some messages fail until the queue gives them up; after the cause is mended they are replayed. */
export const deadLettersReplayed: Fault = {
  name: "dead-letters-replayed",
  quick: true,
  // Only failures may use up receives, not slowness.
  visibilityTimeoutSeconds: 30,
  maxReceiveCount: 3,
  async run(scene) {
    const { pool, sender, load } = scene;
    const allow = await refuseInserts(pool, "github.attempts", "XX000", "new.run_id % 20 = 0");
    await sender.send(load);
    const open = await scene.settled();
    const { dead, stored, rejected } = await keptIds(pool);
    await allow();
    const wrong = [
      ...open,
      ...(dead.size > 0 ? [] : ["no message died"]),
      ...(rejected.size === 0 ? [] : [`${rejected.size} messages were refused`]),
      ...(stored.size + dead.size === load.length ? [] : [`${stored.size} stored and ${dead.size} dead`]),
      ...(await deadWithoutReason(pool)),
    ];
    for (const receiptId of dead.keys()) wrong.push(...(await replay(scene, receiptId)));
    await untilNoneIsDead(pool);
    return wrong;
  },
  async check({ pool }) {
    const { dead, mended } = await keptIds(pool);
    return dead.size === 0 && mended.size > 0 ? [] : [`${dead.size} are still dead, ${mended.size} were stored`];
  },
};

/** The reason of a dead message names what it failed of. */
async function deadWithoutReason(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ reason: string }>(
    "select reason from ledger.rejected where state = 'dead' and reason not like '%refused for a while%' limit 3",
  );
  return rows.map(({ reason }) => `a dead message's reason does not name the failure: ${reason}`);
}

async function replay({ stack }: Scene, receiptId: string): Promise<string[]> {
  const answer = await fetch(`${stack.edgeUrl}/deliveries/${receiptId}/replay`, {
    method: "POST",
    headers: { authorization: `Bearer ${stack.adminToken}` },
  });
  const text = await answer.text();
  const follows = answer.headers.get("location") ?? "";
  return answer.status === 202 && follows.startsWith("/deliveries/") ? [] : [`replay: ${answer.status} ${text}`];
}

async function untilNoneIsDead(pool: Pool): Promise<void> {
  const end = Date.now() + 60_000;
  while ((await keptIds(pool)).dead.size > 0 && Date.now() < end) await sleep(250);
}
