import { getRuntimeKey } from "hono/adapter";
import { compress } from "hono/compress";
import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";

const gzip = compress({ encoding: "gzip" });

/** Compresses answers for callers who take that (contract part 01, Headers). A Worker's platform does so by itself. */
export const compressed = createMiddleware<Env>(async (c, next) => {
  return getRuntimeKey() === "node" ? await gzip(c, next) : await next();
});
