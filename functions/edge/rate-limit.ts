import { createHash } from "node:crypto";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Env } from "./env.ts";
import { addressKey } from "./http/caller-address.ts";
import { errorAnswer } from "./http/errors.ts";
import type { RateLimiter, Verdict } from "./http/rate-limiter.ts";
import { isBelow, type Source } from "./http/source.ts";

/** What counts requests, where anything does: by the caller's address, and by the token it bears. */
export type RateLimits = {
  address: RateLimiter | undefined;
  token: RateLimiter | undefined;
  /** The address a request comes from; undefined when nobody says. */
  addressOf(request: Request): string | undefined;
};

const PROBES = new Set(["/health", "/ready"]);

type Limited = Pick<Source, "mounts" | "receipts" | "tooManyRequests">;

/**
 * Refuses callers who ask too often, with 429 and `Retry-After`, wrong tokens included. A delivery that is signed passes
 * unless EDGE_LIMIT_RECEIPTS says otherwise; one that was refused for its signature or token counts like any request.
 */
export function rateLimit(sources: readonly Limited[]) {
  const receipts = new Set(sources.flatMap(({ receipts = [] }) => receipts));
  return createMiddleware<Env>(async (c, next) => {
    const { limits, config } = c.env;
    if ((limits.address === undefined && limits.token === undefined) || PROBES.has(c.req.path)) return await next();
    const isReceipt = c.req.method === "POST" && receipts.has(c.req.path);
    if (!isReceipt || config.EDGE_LIMIT_RECEIPTS === "on") {
      const verdict = await count(c, limits);
      return verdict.allowed ? await next() : refuse(sources, c, verdict.retryAfterSeconds);
    }
    await next();
    if (c.res.status !== 401) return;
    const verdict = await count(c, limits);
    if (!verdict.allowed) c.res = refuse(sources, c, verdict.retryAfterSeconds);
  });
}

async function count(c: Context<Env>, { address, token, addressOf }: RateLimits): Promise<Verdict> {
  const byAddress = await address?.take(addressKey(addressOf(c.req.raw) ?? ""));
  if (byAddress?.allowed === false) return byAddress;
  const authorization = c.req.header("authorization");
  const byToken = authorization === undefined ? undefined : await token?.take(digest(authorization));
  return byToken ?? { allowed: true };
}

/** Nothing that counts needs to know a token. */
const digest = (text: string) => createHash("sha256").update(text).digest("base64url");

function refuse(sources: readonly Limited[], c: Context<Env>, retryAfterSeconds: number): Response {
  c.header("retry-after", String(retryAfterSeconds));
  const message = `Too many requests. Try again in ${retryAfterSeconds} seconds.`;
  const source = sources.find(({ mounts }) => mounts.some(({ path }) => isBelow(path, c.req.path)));
  return source?.tooManyRequests?.(c, message) ?? errorAnswer(c, 429, "too_many_requests", message);
}
