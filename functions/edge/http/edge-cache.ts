import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Env } from "../env.ts";

/** The cache of the data centre a Worker runs in; there is none under Node. */
function localCache(): Cache | undefined {
  return typeof caches !== "undefined" && "default" in caches ? caches.default : undefined;
}

/** Says for how long an answer is as good as a new one; what only some may read is kept by nobody but its reader. */
export function keepFor(c: Context<Env>, seconds: number, readers: "everyone" | "some"): void {
  c.header("cache-control", `${readers === "everyone" ? "public" : "private"}, max-age=${seconds}`);
}

function mayBeShared(cacheControl: string): boolean {
  return /max-age=[1-9]/.test(cacheControl) && !/private|no-store|no-cache/.test(cacheControl);
}

/**
 * Keeps answers under their whole address for as long as their `Cache-Control` allows. A caller who sends `Cache-Control: no-cache`
 * gets a new one. Errors are never kept.
 */
export const edgeCache = createMiddleware<Env>(async (c, next) => {
  const cache = localCache();
  if (cache === undefined) return await next();
  const key = new Request(c.req.url);
  if (!/no-cache|no-store/i.test(c.req.header("cache-control") ?? "")) {
    const kept = await cache.match(key);
    if (kept !== undefined) {
      c.set("logFields", { ...c.get("logFields"), cache: "hit" });
      return new Response(kept.body, kept);
    }
  }
  await next();
  if (c.res.status === 200 && mayBeShared(c.res.headers.get("cache-control") ?? ""))
    c.executionCtx.waitUntil(cache.put(key, c.res.clone()));
});
