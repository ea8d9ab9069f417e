import { type Budget, UnusableSchema } from "./budget.ts";
import { canonicalKey } from "./canonical-key.ts";
import type { Dialect } from "./dialects.ts";
import { isNumber, isObject, type Json, type JsonObject } from "./json.ts";
import { PatternError } from "./pattern/pattern-error.ts";
import { compilePattern, type Pattern } from "./pattern/search.ts";
import { pythonRepr } from "./python-repr.ts";
import type { References } from "./references.ts";
import type { Path, ValidationError } from "./validation-error.ts";

/** What a keyword is asked about: its own value, the schema part it stands in, the document's value and where that is. */
export type Asked = { value: Json; part: JsonObject; instance: Json; path: Path };
/** Everything that a keyword finds wrong, in Python's order. A value that is none for the keyword finds nothing. */
export type Keyword = (check: Check, asked: Asked) => ValidationError[];

const NONE: readonly ValidationError[] = [];

/** One check of a document against a schema: what all keywords share. */
export class Check {
  readonly budget: Budget;
  readonly dialect: Dialect;
  readonly references: References;
  readonly #keywords: ReadonlyMap<string, Keyword>;
  readonly #patterns = new Map<string, Pattern>();
  readonly #choices = new Map<Json, ReadonlySet<string>>();
  #depth = 0;
  #isQuick = false;

  constructor(needs: {
    budget: Budget;
    dialect: Dialect;
    references: References;
    keywords: ReadonlyMap<string, Keyword>;
  }) {
    this.budget = needs.budget;
    this.dialect = needs.dialect;
    this.references = needs.references;
    this.#keywords = needs.keywords;
  }

  /**
   * Everything wrong with a value by one part of the schema, in the order of the part's keywords. `isInner`: the value is a member or an
   * element of the one whose part this is; the schema `false` names the place above. Throws LimitExceeded.
   */
  descend(instance: Json, part: Json, path: Path, isInner = false): ValidationError[] {
    this.budget.charge(1);
    if (part === false) {
      this.budget.charge(STEPS_AN_ERROR);
      const message = () => `False schema does not allow ${this.repr(instance)}`;
      return [{ keyword: "", path: isInner ? path?.above : path, message, fitsType: false, context: NONE }];
    }
    if (!isObject(part)) return [];
    this.#depth += 1;
    if (this.#depth > MAX_PARTS) throw new UnusableSchema(`more than ${MAX_PARTS} parts lead to one another`);
    const errors: ValidationError[] = [];
    for (const [name, value] of this.#applicable(part)) {
      const keyword = this.#keywords.get(name);
      if (keyword === undefined) continue;
      this.budget.charge(1);
      for (const error of keyword(this, { value, part, instance, path })) errors.push(error);
      if (this.#isQuick && errors.length > 0) break;
    }
    this.#depth -= 1;
    return errors;
  }

  /** Whether a value fits one part of the schema. */
  isValid(instance: Json, part: Json): boolean {
    const before = this.#isQuick;
    this.#isQuick = true;
    const errors = this.descend(instance, part, undefined);
    this.#isQuick = before;
    return errors.length === 0;
  }

  /** One thing that is wrong. Errors take memory, so each costs as much as several steps. */
  error(keyword: string, { part, instance, path }: Asked, message: () => string): ValidationError {
    this.budget.charge(STEPS_AN_ERROR);
    return { keyword, path, message, fitsType: this.isOfType(instance, part.get("type")), context: NONE };
  }

  /** Whether a value is of a type, or of one of several; of no type when none is named. */
  isOfType(instance: Json, types: Json | undefined): boolean {
    if (typeof types === "string") return isOfOne(instance, types, this.dialect);
    if (!Array.isArray(types)) return false;
    this.budget.charge(types.length / 8);
    return types.some((type) => typeof type === "string" && isOfOne(instance, type, this.dialect));
  }

  /** A user's expression. Throws UnusableSchema for one that is none. */
  pattern(source: string): Pattern {
    const known = this.#patterns.get(source);
    if (known !== undefined) return known;
    try {
      const made = compilePattern(source, this.budget);
      this.#patterns.set(source, made);
      return made;
    } catch (error) {
      if (error instanceof PatternError) throw new UnusableSchema(patternFault(source, error, this.maxText));
      throw error;
    }
  }

  /** Keys of a list's values, by which it is looked up whether a value is one of them. */
  keysOf(list: readonly Json[], whole: Json): ReadonlySet<string> {
    const known = this.#choices.get(whole);
    if (known !== undefined) return known;
    const keys = new Set(list.map((item) => canonicalKey(item, this.budget)));
    this.#choices.set(whole, keys);
    return keys;
  }

  repr(value: Json): string {
    return pythonRepr(value, this.maxText);
  }

  /** Values after one another; ends beyond the longest text that is told. */
  reprs(values: Iterable<Json>): string {
    let text = "";
    let separator = "";
    for (const value of values) {
      if (text.length > this.maxText) break;
      text += separator + this.repr(value);
      separator = ", ";
    }
    return text;
  }

  get maxText(): number {
    return this.budget.limits.EOSC_PERF_MAX_ERROR_LENGTH;
  }

  /** Up to draft 7, `$ref` stands for the whole part. */
  #applicable(part: JsonObject): Iterable<[string, Json]> {
    const ref = part.get("$ref");
    return ref === undefined || ref === null || this.dialect.startsWith("20") ? part : [["$ref", ref]];
  }
}

/** Of parts that lead to one another, such as references to themselves; each is some frames of the stack. */
const MAX_PARTS = 800;
const STEPS_AN_ERROR = 10;

/** What is said of an expression that can't be used. */
export function patternFault(pattern: string, error: PatternError, max: number): string {
  const shown = pythonRepr(pattern, max);
  return error.isUnsupported ? `${shown} uses ${error.message}, which is not supported` : `${shown} is not a 'regex'`;
}

function isOfOne(instance: Json, type: string, dialect: Dialect): boolean {
  switch (type) {
    case "null":
      return instance === null;
    case "boolean":
      return typeof instance === "boolean";
    case "string":
      return typeof instance === "string";
    case "array":
      return Array.isArray(instance);
    case "object":
      return isObject(instance);
    case "number":
      return isNumber(instance);
    case "integer":
      return isNumber(instance) && (instance.isInt || Number.isInteger(instance.value));
    default:
      return type === "any" && dialect === "3";
  }
}
