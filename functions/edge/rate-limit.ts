import { createHash } from "node:crypto";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Env } from "./env.ts";
import { eoscPerfTooMany } from "./eosc-perf/errors.ts";
import { githubError } from "./github/errors.ts";
import { addressKey } from "./http/caller-address.ts";
import { errorAnswer } from "./http/errors.ts";
import type { RateLimiter, Verdict } from "./http/rate-limiter.ts";
import { detailed } from "./kernelci/answers.ts";
import { submitError } from "./kernelci/submit-answers.ts";

/** What counts requests, where anything does: by the caller's address, and by the token it bears. */
export type RateLimits = {
  address: RateLimiter | undefined;
  token: RateLimiter | undefined;
  /** The address a request comes from; undefined when nobody says. */
  addressOf(request: Request): string | undefined;
};

const PROBES = new Set(["/health", "/ready"]);
/** Where signed deliveries arrive; what they are refused with is 401. */
const RECEIPTS = new Set(["/github/webhook", "/github/webhooks/github", "/webhooks/github", "/kernelci/submit"]);

type Refuse = (c: Context<Env>, message: string) => Response;

/** Each API's own words, by the beginning of the path; the first that fits. */
const REFUSALS: readonly [prefix: string, refuse: Refuse][] = [
  ["/github/webhook", (c, message) => c.json({ message }, 429)],
  ["/webhooks/", (c, message) => c.json({ message }, 429)],
  ["/github", (c, message) => githubError(c, 429, message)],
  ["/kernelci/api", (c, message) => detailed(c, 429, message)],
  ["/kernelci", (c, message) => submitError(c, 429, message)],
  ["/eosc-perf", eoscPerfTooMany],
];

/**
 * Refuses callers who ask too often, with 429 and `Retry-After`, wrong tokens included. A delivery that is signed passes
 * unless EDGE_LIMIT_RECEIPTS says otherwise; one that was refused for its signature or token counts like any request.
 */
export const rateLimit = createMiddleware<Env>(async (c, next) => {
  const { limits, config } = c.env;
  if ((limits.address === undefined && limits.token === undefined) || PROBES.has(c.req.path)) return await next();
  const isReceipt = c.req.method === "POST" && RECEIPTS.has(c.req.path);
  if (!isReceipt || config.EDGE_LIMIT_RECEIPTS === "on") {
    const verdict = await count(c, limits);
    return verdict.allowed ? await next() : refuse(c, verdict.retryAfterSeconds);
  }
  await next();
  if (c.res.status !== 401) return;
  const verdict = await count(c, limits);
  if (!verdict.allowed) c.res = refuse(c, verdict.retryAfterSeconds);
});

async function count(c: Context<Env>, { address, token, addressOf }: RateLimits): Promise<Verdict> {
  const byAddress = await address?.take(addressKey(addressOf(c.req.raw) ?? ""));
  if (byAddress?.allowed === false) return byAddress;
  const authorization = c.req.header("authorization");
  const byToken = authorization === undefined ? undefined : await token?.take(digest(authorization));
  return byToken ?? { allowed: true };
}

/** Nothing that counts needs to know a token. */
const digest = (text: string) => createHash("sha256").update(text).digest("base64url");

function refuse(c: Context<Env>, retryAfterSeconds: number): Response {
  c.header("retry-after", String(retryAfterSeconds));
  const message = `Too many requests. Try again in ${retryAfterSeconds} seconds.`;
  const [, refusal] = REFUSALS.find(([prefix]) => c.req.path.startsWith(prefix)) ?? [];
  return refusal?.(c, message) ?? errorAnswer(c, 429, "too_many_requests", message);
}
