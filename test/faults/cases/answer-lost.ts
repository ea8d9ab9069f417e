import type { Fault } from "../fault.ts";
import { startQueueProxy } from "../queue-proxy.ts";

/** The queue does what it was asked, and its answer never comes: messages stand in it twice, deletions seem to fail. */
export const answerLost: Fault = {
  name: "answer-lost",
  quick: false,
  async between({ aws }, random) {
    const chances: Record<string, number> = { SendMessage: 0.3, DeleteMessageBatch: 0.1, ReceiveMessage: 0.05 };
    const proxy = await startQueueProxy(aws, ({ action }) =>
      random() < (chances[action] ?? 0) ? "lose the answer" : "pass",
    );
    return { env: { QUEUE_URL: proxy.queueUrl }, stop: proxy.stop };
  },
  async run({ sender, load }) {
    await sender.send(load);
    const refused = sender.statuses.get(503) ?? 0;
    return refused > 0 ? [] : ["no receipt was refused although answers were lost"];
  },
};
