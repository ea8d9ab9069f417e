import type { Fault } from "../fault.ts";
import { startQueueProxy } from "../queue-proxy.ts";

const read = new Map<string, "not found" | "truncate">();

/** The first read of each raw body fails, by turns with 404 and with half a body; nothing may be refused for that. */
export const objectStoreSpoils: Fault = {
  name: "object-store-spoils",
  quick: true,
  async between({ aws }) {
    read.clear();
    const proxy = await startQueueProxy(aws, ({ action, url }) => {
      if (action !== "GET" || !url.includes("/raw/") || read.has(url)) return "pass";
      const verdict = read.size % 2 === 0 ? "not found" : "truncate";
      read.set(url, verdict);
      return verdict;
    });
    return { env: { OBJECTS_URL: proxy.bucketUrl }, stop: proxy.stop };
  },
  async run({ sender, load }) {
    await sender.send(load);
    return [];
  },
  async check() {
    const verdicts = new Set(read.values());
    return verdicts.size === 2 ? [] : [`of both ways to spoil a read only these happened: ${[...verdicts]}`];
  },
};
