import type { Fault } from "../fault.ts";
import { poisonOf } from "../poison.ts";
import { guid } from "../random.ts";

const COMPANIONS = 30;

/** One delivery among thirty can never be stored; it costs only itself, and the others nothing. */
export const onePoisonInThirty: Fault = {
  name: "one-poison-in-thirty",
  quick: true,
  // A receive that comes back only because it took long would look like a second try.
  visibilityTimeoutSeconds: 30,
  async run({ load, random, sender }) {
    const mixed = load.flatMap((delivery, i) =>
      i % COMPANIONS === COMPANIONS - 1 ? [delivery, poisonOf(i, guid(random), delivery.repoId)] : [delivery],
    );
    await sender.send(mixed);
    return [];
  },
  async check({ pool }) {
    const { rows } = await pool.query<{ text: string }>(`
      select key || ' was stored at receive ' || receives as text from ledger.inbox where receives > 1
      union all select key || ' was refused at receive ' || receives from ledger.rejected where receives > 1`);
    return rows.map(({ text }) => text);
  },
};
