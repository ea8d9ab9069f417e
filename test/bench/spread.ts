/** What a list of durations comes to, in the list's unit. */
export type Spread = { p50: number; p99: number };

/** Median and 99th percentile; throws for an empty list. */
export function spreadOf(durations: readonly number[]): Spread {
  const sorted = durations.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
  const [p50, p99] = [at(0.5), at(0.99)];
  if (p50 === undefined || p99 === undefined) throw new Error("nothing was measured");
  return { p50, p99 };
}

/** The middle one of a few rounds. */
export function median(values: readonly number[]): number {
  return spreadOf(values).p50;
}
