import type { ScrapeSkip } from "../../../../db/schema/index.ts";

/** Skips that are remembered by name; those beyond count each time they are met. */
const MAX_SKIPS = 1_000;

/** The skipped elements that are not known yet; one that nothing names is a new one each time. */
export function findNewSkips(known: readonly ScrapeSkip[], found: readonly ScrapeSkip[]): ScrapeSkip[] {
  const keys = new Set(known.map(keyOf));
  return found.filter((skip) => {
    if (skip.id === null) return true;
    const isNew = !keys.has(keyOf(skip));
    keys.add(keyOf(skip));
    return isNew;
  });
}

/** What was skipped so far and now, each element once. */
export function mergeSkips(known: readonly ScrapeSkip[], found: readonly ScrapeSkip[]): ScrapeSkip[] {
  return [...known, ...findNewSkips(known, found)].slice(0, MAX_SKIPS);
}

const keyOf = ({ kind, id }: ScrapeSkip) => `${kind} ${id}`;
