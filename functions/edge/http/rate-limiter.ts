/** Whether one more request of a key may be served; otherwise how long it has to wait. */
export type Verdict = { allowed: true } | { allowed: false; retryAfterSeconds: number };

export type RateLimiter = { take(key: string): Verdict | Promise<Verdict> };

/** Keys that are remembered; beyond it the one that was not seen for longest is forgotten. */
const MAX_KEYS = 50_000;
const MINUTE_MS = 60_000;

/**
 * A token bucket for each key, in this process: `perMinute` requests at once, refilled evenly. Memory is bounded by the
 * number of keys; `now` is the time in milliseconds.
 */
export function tokenBuckets(perMinute: number, now: () => number = Date.now): RateLimiter {
  const buckets = new Map<string, { tokens: number; at: number }>();
  const perMs = perMinute / MINUTE_MS;
  return {
    take(key) {
      const at = now();
      const kept = buckets.get(key);
      const tokens = kept === undefined ? perMinute : Math.min(perMinute, kept.tokens + (at - kept.at) * perMs);
      // Set anew, it is the latest: the map's order is that of use.
      buckets.delete(key);
      buckets.set(key, { tokens: tokens < 1 ? tokens : tokens - 1, at });
      const [oldest] = buckets.keys();
      if (buckets.size > MAX_KEYS && oldest !== undefined) buckets.delete(oldest);
      if (tokens >= 1) return { allowed: true };
      return { allowed: false, retryAfterSeconds: Math.ceil((1 - tokens) / perMs / 1_000) };
    },
  };
}

/** Cloudflare's rate-limit binding, as far as it is used. */
export type RateLimitBinding = { limit(options: { key: string }): Promise<{ success: boolean }> };

/** Cloudflare counts by location and says no more than whether the limit is passed: its longest period is a minute. */
export function bindingLimiter(binding: RateLimitBinding): RateLimiter {
  return {
    async take(key) {
      const { success } = await binding.limit({ key });
      return success ? { allowed: true } : { allowed: false, retryAfterSeconds: 60 };
    },
  };
}
