import { setTimeout as sleep } from "node:timers/promises";
import type { Fault, Scene } from "../fault.ts";

/** Waits are scaled by the setting: eight receives are over after some ten seconds. */
const RETRY_BASE_SECONDS = "0.01";
const OUTAGE_MS = 25_000;
/** One that is used up within the transaction that the outage breaks, and the one that stores. */
const MAX_RECEIVES = 2;

/** PostgreSQL is away for longer than eight receives take: all is stored afterwards, and nothing is given up. */
export const outageBeyondLadder: Fault = {
  name: "outage-beyond-ladder",
  quick: true,
  visibilityTimeoutSeconds: 2,
  stack: { env: { RETRY_BASE_SECONDS } },
  async run(scene) {
    await Promise.all([stopForLong(scene), scene.sender.send(scene.load)]);
    return [];
  },
  async check({ pool }) {
    const { rows } = await pool.query<{ text: string }>(
      `select key || ' was given up: ' || reason as text from ledger.rejected where state = 'dead'
       union all select key || ' was stored at receive ' || receives from ledger.inbox where receives > $1`,
      [MAX_RECEIVES],
    );
    return rows.map(({ text }) => text);
  },
};

async function stopForLong({ stack, pidOf }: Scene): Promise<void> {
  await sleep(1_500);
  process.kill(pidOf("postgres"), "SIGQUIT");
  await stack.postgres.stop();
  await sleep(OUTAGE_MS);
  await stack.postgres.start();
}
