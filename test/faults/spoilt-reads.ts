import type { Fault } from "./fault.ts";
import { startQueueProxy, type Verdict } from "./queue-proxy.ts";

/**
 * A fault's parts that judge the first reads of each raw body by `verdicts`, in their order, let later ones pass, and want
 * each body to be read `least` times.
 */
export function spoiltReads(
  verdicts: readonly Verdict[],
  least: number,
): Required<Pick<Fault, "between" | "run" | "check">> {
  const reads = new Map<string, number>();
  return {
    async between({ aws }) {
      reads.clear();
      const proxy = await startQueueProxy(aws, ({ action, url }) => {
        if (action !== "GET" || !url.includes("/raw/")) return "pass";
        const before = reads.get(url) ?? 0;
        reads.set(url, before + 1);
        return verdicts[before] ?? "pass";
      });
      return { env: { OBJECTS_URL: proxy.bucketUrl }, stop: proxy.stop };
    },
    async run({ sender, load }) {
      await sender.send(load);
      return [];
    },
    async check() {
      if (reads.size === 0) return ["no raw body was read"];
      const tooFew = [...reads].filter(([, count]) => count < least);
      return tooFew.map(([url, count]) => `${url} was read ${count} times only`);
    },
  };
}
