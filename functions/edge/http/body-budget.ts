/** What one request's body may still take of the memory that all bodies have together. */
export type BodyShare = {
  /** Whether that many bytes would fit at this moment. */
  hasRoomFor(bytes: number): boolean;
  /** Takes bytes; false when there is no room for them. */
  take(bytes: number): boolean;
  /** Gives bytes back before the request ends. */
  release(bytes: number): void;
};

export type BodyBudget = {
  /** Counts what the body of a request takes until `work` has ended. */
  during<T>(request: Request, work: () => T | Promise<T>): Promise<T>;
};

const NO_LIMIT: BodyShare = { hasRoomFor: () => true, take: () => true, release() {} };
const shares = new WeakMap<Request, BodyShare>();

/** The share of a request; without a budget every body has room. */
export function shareOf(request: Request): BodyShare {
  return shares.get(request) ?? NO_LIMIT;
}

/**
 * A budget for the bodies of all requests in hand. Bytes count once they have come, not when they are announced, so that
 * callers who announce much and send nothing take nothing from others.
 */
export function bodyBudget(totalBytes: number): BodyBudget {
  let left = totalBytes;
  return {
    async during(request, work) {
      let taken = 0;
      shares.set(request, {
        hasRoomFor: (bytes) => bytes <= left,
        take(bytes) {
          if (bytes > left) return false;
          left -= bytes;
          taken += bytes;
          return true;
        },
        release(bytes) {
          left += bytes;
          taken -= bytes;
        },
      });
      try {
        return await work();
      } finally {
        left += taken;
      }
    },
  };
}
