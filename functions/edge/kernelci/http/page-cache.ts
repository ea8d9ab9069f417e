import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { edgeCache } from "../../http/edge-cache.ts";
import type { Renderer } from "./negotiation.ts";

/**
 * A page-cached answer (contract part 01, Caching): says how long it may be kept, and is kept by the data centre for that
 * long under its whole address. What was not found is marked otherwise by `nothingFound`.
 */
export async function keptPage(
  c: Context<Env>,
  renderer: Renderer,
  answer: () => Promise<Response>,
): Promise<Response> {
  const seconds = c.env.config.KERNELCI_CACHE_TIMEOUT;
  const dated = async () => {
    const made = await answer();
    if (made.status !== 200 || made.headers.has("cache-control")) return made;
    made.headers.set("cache-control", `max-age=${seconds}`);
    made.headers.set("expires", new Date(Date.now() + seconds * 1_000).toUTCString());
    return made;
  };
  // Pages for people stand at the same addresses as the JSON.
  if (renderer.format !== "json" || seconds === 0) return await dated();
  const kept = await edgeCache(c, async () => {
    c.res = await dated();
  });
  return kept ?? c.res;
}
