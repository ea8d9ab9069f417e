import type { Fault } from "../fault.ts";
import { startQueueProxy } from "../queue-proxy.ts";

/** Every delivery is posted three times at once, and a third of the messages reach the queue twice. */
export const sentThreeTimes: Fault = {
  name: "sent-three-times",
  quick: true,
  async between({ aws }, random) {
    const proxy = await startQueueProxy(aws, ({ action }) =>
      action === "SendMessage" && random() < 1 / 3 ? "send twice" : "pass",
    );
    return { env: { QUEUE_URL: proxy.queueUrl }, stop: proxy.stop };
  },
  async run({ sender, load }) {
    await sender.send(load, 3);
    return [];
  },
  async check({ pool, load, sender }) {
    const { rows } = await pool.query<{ repeats: number }>("select count(*)::int as repeats from ledger.repeats");
    const [{ repeats } = { repeats: 0 }] = rows;
    // A post that got no answer may have been taken all the same.
    const unsure = [...sender.statuses].reduce((sum, [status, count]) => (status === 200 ? sum : sum + count), 0);
    const least = 2 * load.length;
    return repeats >= least && repeats <= least + unsure ? [] : [`${repeats} repeats are noted, not ${least}`];
  },
};
