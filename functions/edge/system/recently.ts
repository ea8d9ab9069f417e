import type { Services } from "../env.ts";

/**
 * Keeps what `make` gave for a while, for each set of services of this isolate: probes and scrapers may come as often as
 * they like. Only results are kept, since a request may not wait for another request's work.
 */
export function recently<T>(maxAgeMs: number, make: (services: Services) => Promise<T>) {
  const kept = new WeakMap<Services, { madeAt: number; result: T }>();
  return async (services: Services): Promise<T> => {
    const last = kept.get(services);
    if (last !== undefined && Date.now() - last.madeAt < maxAgeMs) return last.result;
    const result = await make(services);
    kept.set(services, { madeAt: Date.now(), result });
    return result;
  };
}
