import { setTimeout as sleep } from "node:timers/promises";
import type { Fault } from "../fault.ts";
import { startQueueProxy } from "../queue-proxy.ts";

let away = false;

/** The object store takes nothing for a while: large bodies are refused with 503, small ones are taken. */
export const objectStoreRefuses: Fault = {
  name: "object-store-refuses",
  quick: false,
  async between({ aws }) {
    const proxy = await startQueueProxy(aws, ({ action }) => (action === "PUT" && away ? "refuse" : "pass"));
    return { env: { OBJECTS_URL: proxy.bucketUrl }, stop: proxy.stop };
  },
  async run({ sender, load, scale }) {
    const sending = sender.send(load);
    await sleep(1_500);
    away = true;
    const takenBefore = sender.statuses.get(200) ?? 0;
    await sleep(scale.outageMs);
    const taken = (sender.statuses.get(200) ?? 0) - takenBefore;
    away = false;
    await sending;
    const refused = sender.statuses.get(503) ?? 0;
    return [
      ...(refused > 0 ? [] : ["no large body was refused although the store was away"]),
      ...(taken > refused ? [] : [`only ${taken} small bodies were taken meanwhile`]),
    ];
  },
};
