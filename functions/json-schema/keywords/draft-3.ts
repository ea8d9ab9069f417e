import type { Keyword } from "../check-state.ts";
import { isObject } from "../json.ts";
import { below, type ValidationError } from "../validation-error.ts";
import { allOf } from "./logic.ts";
import { listed } from "./values.ts";

/** A property's own schema says whether it is required. */
export const propertiesOrRequired: Keyword = (check, asked) => {
  const { value, instance, path } = asked;
  if (!isObject(instance) || !isObject(value)) return [];
  check.budget.charge(value.size / 4);
  const errors: ValidationError[] = [];
  for (const [name, part] of value) {
    const member = instance.get(name);
    const isRequired = isObject(part) && part.get("required") === true;
    if (member !== undefined)
      for (const error of check.descend(member, part, below(path, name), true)) errors.push(error);
    else if (isRequired) {
      const error = check.error("required", asked, () => `${check.repr(name)} is a required property`);
      errors.push({ ...error, path: below(path, name) });
    }
  }
  return errors;
};

/** Types may be schemas, too. */
export const typeOrSchema: Keyword = (check, asked) => {
  const { value, instance, path } = asked;
  const context: ValidationError[] = [];
  for (const type of listed(value)) {
    if (!isObject(type) && check.isOfType(instance, type)) return [];
    if (!isObject(type)) continue;
    const errors = check.descend(instance, type, path);
    if (errors.length === 0) return [];
    for (const error of errors) context.push(error);
  }
  const names = () => check.reprs(listed(value).map((type) => (isObject(type) ? (type.get("name") ?? type) : type)));
  const message = () => `${check.repr(instance)} is not of type ${names()}`;
  return [{ ...check.error("type", asked, message), context }];
};

export const disallow: Keyword = (check, asked) => {
  const { value, instance } = asked;
  return listed(value)
    .filter((type) => check.isValid(instance, new Map([["type", [type]]])))
    .map((type) =>
      check.error("disallow", asked, () => `${check.repr(type)} is disallowed for ${check.repr(instance)}`),
    );
};

export const extending: Keyword = (check, asked) => allOf(check, { ...asked, value: listed(asked.value) });
