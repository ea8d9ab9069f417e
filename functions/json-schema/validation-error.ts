/** A place in a document: the last step of the way, and what leads there; undefined: the document itself. */
export type Path = { above: Path; step: string | number; depth: number } | undefined;

export const below = (above: Path, step: string | number): Path => ({ above, step, depth: (above?.depth ?? 0) + 1 });

/** The steps that lead to a place, from the document on. */
export function stepsOf(path: Path): (string | number)[] {
  const steps: (string | number)[] = [];
  for (let at = path; at !== undefined; at = at.above) steps.unshift(at.step);
  return steps;
}

/** What is wrong in one place of a document. */
export type ValidationError = {
  /** Empty for the schema `false`. */
  keyword: string;
  path: Path;
  /** In Python's words; written when asked for, since only one of many errors is told. */
  message(): string;
  /** Whether the value is of the type that its schema part asks for. */
  fitsType: boolean;
  /** What is wrong with each alternative of an `anyOf` or `oneOf`. */
  context: readonly ValidationError[];
};
