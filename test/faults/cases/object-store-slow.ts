import type { Fault } from "../fault.ts";
import { startQueueProxy } from "../queue-proxy.ts";

const SLOWNESS = ["hang", "slow"] as const;

const reads = new Map<string, number>();

/** Each raw body's first read is never answered, until the reader hangs up, and the second is late; nothing may be refused. */
export const objectStoreSlow: Fault = {
  name: "object-store-slow",
  quick: false,
  visibilityTimeoutSeconds: 60,
  async between({ aws }) {
    reads.clear();
    const proxy = await startQueueProxy(aws, ({ action, url }) => {
      if (action !== "GET" || !url.includes("/raw/")) return "pass";
      const before = reads.get(url) ?? 0;
      reads.set(url, before + 1);
      return SLOWNESS[before] ?? "pass";
    });
    return { env: { OBJECTS_URL: proxy.bucketUrl }, stop: proxy.stop };
  },
  async run({ sender, load }) {
    await sender.send(load);
    return [];
  },
  async check() {
    const once = [...reads].filter(([, count]) => count < 2);
    if (reads.size === 0) return ["no raw body was read"];
    return once.map(([url]) => `${url} was not asked for again`);
  },
};
