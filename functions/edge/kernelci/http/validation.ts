import type { Context } from "hono";
import type * as z from "zod";
import type { Env } from "../../env.ts";
import { jsonAnswer, refused } from "./answers.ts";

/** How a route says that parameters are wrong (contract part 01): a JSON string that holds the list, or an object with it. */
export type Style = "S" | "E";

/** What is wrong with one value, in the words of pydantic, which clients of this API know. */
export type Fault = { type: string; msg: string; ctx?: Record<string, unknown> };

/** Whether a value fits, or the answer that says which does not. */
export type Checked<T> = { ok: true; value: T } | { ok: false; answer: Response };

const NAMED: Readonly<Record<string, Fault>> = {
  string: { type: "string_type", msg: "Input should be a valid string" },
  number: { type: "int_type", msg: "Input should be a valid integer" },
  int: { type: "int_type", msg: "Input should be a valid integer" },
  boolean: { type: "bool_type", msg: "Input should be a valid boolean" },
  array: { type: "list_type", msg: "Input should be a valid list" },
  tuple: { type: "tuple_type", msg: "Input should be a valid tuple" },
  record: { type: "dict_type", msg: "Input should be a valid dictionary" },
  object: { type: "model_type", msg: "Input should be a valid dictionary" },
};

/** So many faults are listed at most, each with what was given in its place. */
const MAX_FAULTS = 100;

/** Checks a value by a schema. */
export function check<T>(c: Context<Env>, schema: z.ZodType<T>, given: unknown, style: Style): Checked<T> {
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, value: parsed.data };
  const faults = JSON.stringify(parsed.error.issues.slice(0, MAX_FAULTS).map((issue) => elementOf(issue, given)));
  if (style === "E") return { ok: false, answer: refused(c, faults) };
  return { ok: false, answer: jsonAnswer(c, JSON.stringify(faults), 400) };
}

/** One element of the list of faults. */
function elementOf(issue: z.core.$ZodIssue, given: unknown) {
  const parent = valueAt(given, issue.path.slice(0, -1));
  const value = valueAt(given, issue.path);
  const isMissing = value === undefined && issue.path.length > 0;
  const { type, msg, ctx } = isMissing ? { type: "missing", msg: "Field required" } : faultOf(issue);
  return {
    type,
    loc: issue.path,
    msg,
    input: (isMissing ? parent : value) ?? null,
    ...(ctx === undefined ? {} : { ctx }),
    url: `https://errors.pydantic.dev/2.13/v/${type}`,
  };
}

function faultOf(issue: z.core.$ZodIssue): Fault {
  if (issue.code === "custom") {
    const { type = "value_error", ...ctx } = issue.params ?? {};
    const hasContext = Object.keys(ctx).length > 0;
    return { type: String(type), msg: issue.message, ...(hasContext ? { ctx } : {}) };
  }
  if (issue.code === "invalid_type") return NAMED[issue.expected] ?? { type: "value_error", msg: issue.message };
  if (issue.code === "invalid_value") {
    const expected = issue.values.map((value) => `'${String(value)}'`).join(" or ");
    return { type: "enum", msg: `Input should be ${expected}`, ctx: { expected } };
  }
  if (issue.code === "too_small") return { type: "too_short", msg: issue.message };
  if (issue.code === "too_big") return { type: "too_long", msg: issue.message };
  return { type: "value_error", msg: issue.message };
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    given,
  );
}
