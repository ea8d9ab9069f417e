/** What a REST API may do to its callers; each switched on by being given. */
export type Misbehaviour = {
  /** After so many answers of a window: 403 (or 429) with nothing remaining, until the window ends. */
  primaryLimit?: { limit: number; resetSeconds: number; status?: 403 | 429 };
  /** Each n-th request: 403 (or 429), with Retry-After when seconds are given. */
  secondaryLimit?: { every: number; retryAfter?: number; status?: 403 | 429 };
  /** Each n-th request: 502. */
  badGatewayEvery?: number;
  /** Each n-th answer breaks off in the middle. */
  cutEvery?: number;
};

/** What is to become of one request, beside the headers every answer carries. */
export type Fate = { is: "answer" | "cut" } | { is: "refuse"; status: number; headers: Record<string, string> };

/** Counts requests and decides their fate. */
export class Limits {
  misbehaviour: Misbehaviour = {};
  #count = 0;
  #window = { start: 0, used: 0 };

  /** The fate of the next request. */
  next(): Fate {
    this.#count += 1;
    const { secondaryLimit, badGatewayEvery, cutEvery, primaryLimit } = this.misbehaviour;
    const isNth = (every: number | undefined) => every !== undefined && this.#count % every === 0;
    if (isNth(badGatewayEvery)) return { is: "refuse", status: 502, headers: {} };
    if (isNth(secondaryLimit?.every)) {
      const headers =
        secondaryLimit?.retryAfter === undefined ? {} : { "retry-after": String(secondaryLimit.retryAfter) };
      return { is: "refuse", status: secondaryLimit?.status ?? 403, headers };
    }
    if (primaryLimit !== undefined) {
      this.#renew(primaryLimit.resetSeconds);
      if (this.#window.used >= primaryLimit.limit)
        return { is: "refuse", status: primaryLimit.status ?? 403, headers: {} };
    }
    return { is: isNth(cutEvery) ? "cut" : "answer" };
  }

  /** Counts an answer against the primary limit. */
  use(): void {
    this.#window.used += 1;
  }

  /** The headers that tell of the primary limit. */
  headers(): Record<string, string> {
    const { limit, resetSeconds } = this.misbehaviour.primaryLimit ?? { limit: 5_000, resetSeconds: 3_600 };
    this.#renew(resetSeconds);
    const used = Math.min(limit, this.#window.used);
    return {
      "x-ratelimit-limit": String(limit),
      "x-ratelimit-remaining": String(limit - used),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(Math.ceil(this.#window.start / 1_000) + resetSeconds),
      "x-ratelimit-resource": "core",
    };
  }

  #renew(resetSeconds: number): void {
    const end = (Math.ceil(this.#window.start / 1_000) + resetSeconds) * 1_000;
    if (Date.now() >= end) this.#window = { start: Date.now(), used: 0 };
  }
}
