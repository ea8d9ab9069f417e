import { createMiddleware } from "hono/factory";
import type { Env } from "../../env.ts";

const LIMIT = 5_000;
const WINDOW_SECONDS = 3_600;

/** A primary limit of which nothing is used: reads are not counted. `reset` is in seconds since 1970. */
export function unusedRate() {
  const now = Math.floor(Date.now() / 1_000);
  return { limit: LIMIT, used: 0, remaining: LIMIT, reset: now - (now % WINDOW_SECONDS) + WINDOW_SECONDS };
}

/** Names of the headers, for pages of other origins. */
export const RATE_HEADERS = ["Limit", "Used", "Remaining", "Reset", "Resource"].map((name) => `X-RateLimit-${name}`);

/** The headers by which GitHub's clients pace themselves; some refuse to go on without them (contract section 7). */
export const rateHeaders = createMiddleware<Env>(async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(unusedRate())) c.header(`x-ratelimit-${name}`, String(value));
  c.header("x-ratelimit-resource", "core");
});
