/** What decides how relevant a fault is: the deeper its place, the less; a choice's own fault says less than others. */
export interface Ranked<Fault> {
  keyword: string;
  /** Length of the place relative to the choice it belongs to. */
  depth: number;
  /** Whether the value is of the type its schema part asks for. */
  fitsType: boolean;
  context: readonly Fault[];
}

const CHOICES = new Set(["anyOf", "oneOf"]);

function relevance({ keyword, depth, fitsType }: Omit<Ranked<unknown>, "context">): number {
  return -depth * 4 + (CHOICES.has(keyword) ? 0 : 2) + (fitsType ? 0 : 1);
}

/**
 * The fault that tells most, as python-jsonschema 4.20's `best_match` picks it: the one highest up in the document, the
 * first of equals; of a choice the deepest fault of its alternatives, unless two are equally deep.
 */
export function bestMatch<Fault extends Ranked<Fault>>(faults: readonly Fault[]): Fault | undefined {
  let best = firstBy(faults, (a, b) => relevance(b) - relevance(a));
  while (best !== undefined && best.context.length > 0) {
    const [least, next] = best.context.toSorted((a, b) => relevance(a) - relevance(b));
    if (least === undefined || (next !== undefined && relevance(least) === relevance(next))) return best;
    best = least;
  }
  return best;
}

function firstBy<T>(items: readonly T[], compare: (a: T, b: T) => number): T | undefined {
  return items.toSorted(compare)[0];
}
