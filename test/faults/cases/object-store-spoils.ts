import type { Fault } from "../fault.ts";
import { startQueueProxy } from "../queue-proxy.ts";

const SPOILT = ["not found", "truncate"] as const;

const reads = new Map<string, number>();

/** Each raw body's first read ends with 404 and the second with half the body; nothing may be refused for that. */
export const objectStoreSpoils: Fault = {
  name: "object-store-spoils",
  quick: true,
  async between({ aws }) {
    reads.clear();
    const proxy = await startQueueProxy(aws, ({ action, url }) => {
      if (action !== "GET" || !url.includes("/raw/")) return "pass";
      const before = reads.get(url) ?? 0;
      reads.set(url, before + 1);
      return SPOILT[before] ?? "pass";
    });
    return { env: { OBJECTS_URL: proxy.bucketUrl }, stop: proxy.stop };
  },
  async run({ sender, load }) {
    await sender.send(load);
    return [];
  },
  async check() {
    const tooFew = [...reads].filter(([, count]) => count <= SPOILT.length);
    if (reads.size === 0) return ["no raw body was read"];
    return tooFew.map(([url, count]) => `${url} was read ${count} times only`);
  },
};
