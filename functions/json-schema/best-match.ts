import type { ValidationError } from "./validation-error.ts";

const CHOICES = new Set(["anyOf", "oneOf"]);

/**
 * The error that tells most, as python-jsonschema 4.20's `best_match` picks it: the one highest up in the document, the
 * first of equals; of a choice the deepest error of its alternatives, unless two are equally deep.
 */
export function bestMatch(errors: readonly ValidationError[]): ValidationError | undefined {
  let best: ValidationError | undefined;
  for (const error of errors) if (best === undefined || relevance(error) > relevance(best)) best = error;
  while (best !== undefined && best.context.length > 0) {
    const least = leastRelevant(best.context);
    if (least === undefined) return best;
    best = least;
  }
  return best;
}

/** Undefined when two are equally irrelevant. */
function leastRelevant(errors: readonly ValidationError[]): ValidationError | undefined {
  let least: ValidationError | undefined;
  let isShared = false;
  for (const error of errors) {
    const difference = least === undefined ? -1 : relevance(error) - relevance(least);
    if (difference < 0) least = error;
    isShared = difference === 0 || (isShared && difference > 0);
  }
  return isShared ? undefined : least;
}

/** Errors of one list are compared, so depth counts from the document, not from the choice. */
function relevance({ keyword, path, fitsType }: ValidationError): number {
  return -(path?.depth ?? 0) * 4 + (CHOICES.has(keyword) ? 0 : 2) + (fitsType ? 0 : 1);
}
