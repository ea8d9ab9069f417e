import type { Keyword } from "../check-state.ts";
import type { Json } from "../json.ts";
import type { ValidationError } from "../validation-error.ts";

export const ref: Keyword = (check, { value, part, instance, path }) =>
  typeof value === "string" ? check.descend(instance, check.references.find(value, part), path) : [];

/** Leads to the whole schema: a schema is one document here. */
export const recursiveRef: Keyword = (check, { instance, path }) =>
  check.descend(instance, check.references.root, path);

export const allOf: Keyword = (check, { value, instance, path }) => {
  const errors: ValidationError[] = [];
  for (const part of Array.isArray(value) ? value : [])
    for (const error of check.descend(instance, part, path)) errors.push(error);
  return errors;
};

/** What is wrong with each alternative up to the first that fits, and which that is. */
function tryEach(check: Parameters<Keyword>[0], { value, instance, path }: Parameters<Keyword>[1]) {
  const alternatives: Json[] = Array.isArray(value) ? value : [];
  const context: ValidationError[] = [];
  for (const [index, part] of alternatives.entries()) {
    const errors = check.descend(instance, part, path);
    if (errors.length === 0) return { alternatives, context, fitting: index };
    for (const error of errors) context.push(error);
  }
  return { alternatives, context, fitting: undefined };
}

export const anyOf: Keyword = (check, asked) => {
  const { context, fitting } = tryEach(check, asked);
  if (fitting !== undefined) return [];
  const message = () => `${check.repr(asked.instance)} is not valid under any of the given schemas`;
  return [{ ...check.error("anyOf", asked, message), context }];
};

export const oneOf: Keyword = (check, asked) => {
  const { instance } = asked;
  const { alternatives, context, fitting } = tryEach(check, asked);
  if (fitting === undefined) {
    const message = () => `${check.repr(instance)} is not valid under any of the given schemas`;
    return [{ ...check.error("oneOf", asked, message), context }];
  }
  const others = alternatives.slice(fitting + 1).filter((part) => check.isValid(instance, part));
  if (others.length === 0) return [];
  const message = () =>
    `${check.repr(instance)} is valid under each of ${check.reprs([...others, alternatives[fitting] ?? null])}`;
  return [check.error("oneOf", asked, message)];
};

export const not: Keyword = (check, asked) => {
  const { value, instance } = asked;
  if (!check.isValid(instance, value)) return [];
  return [check.error("not", asked, () => `${check.repr(instance)} should not be valid under ${check.repr(value)}`)];
};

export const condition: Keyword = (check, { value, part, instance, path }) => {
  const next = part.get(check.isValid(instance, value) ? "then" : "else");
  return next === undefined ? [] : check.descend(instance, next, path);
};
