import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { instantOf } from "./instant.ts";
import { type Checked, check, type Fault, type Style } from "./validation.ts";

const TRUE = ["true", "1", "yes", "on", "t", "y"];
const FALSE = ["false", "0", "no", "off", "f", "n"];
/** Beyond that no time can be reckoned with; it is more than the age of anything. */
const MAX_DAYS = 1_000_000;

/** Parameters of a query string, as texts: the last of a repeated one counts, an empty one is a value of its own. */
export function queryOf(c: Context<Env>): URLSearchParams {
  return new URL(c.req.url).searchParams;
}

/** Checks the parameters that a schema names; names in `repeatable` are read as lists of all their values. */
export function readQuery<T>(
  c: Context<Env>,
  schema: z.ZodObject & z.ZodType<T>,
  style: Style,
  repeatable: readonly string[] = [],
): Checked<T> {
  const query = queryOf(c);
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(schema.shape)) {
    const all = query.getAll(name);
    if (all.length > 0) given[name] = repeatable.includes(name) ? all : all.at(-1);
  }
  return check(c, schema, given, style);
}

/** Any text. */
export const text = (description: string) => z.string().openapi({ description });

/** The origin that answers are about. */
export const origin = text("origin of the checkouts").default("maestro");

/** A whole number; `above` is the greatest that is too small, `least` the smallest that is not. */
export function wholeNumber(description: string, limits: { above?: number; least?: number } = {}) {
  const minimum = limits.above === undefined ? limits.least : limits.above + 1;
  return z
    .string()
    .transform((given, context) => {
      if (!/^\s*[+-]?\d+(_\d+)*(\.0*)?\s*$/.test(given))
        return refuse(context, {
          type: "int_parsing",
          msg: "Input should be a valid integer, unable to parse string as an integer",
        });
      const number = Number(given.replaceAll("_", ""));
      const { above, least } = limits;
      if (above !== undefined && number <= above)
        return refuse(context, {
          type: "greater_than",
          msg: `Input should be greater than ${above}`,
          ctx: { gt: above },
        });
      if (least !== undefined && number < least)
        return refuse(context, {
          type: "greater_than_equal",
          msg: `Input should be greater than or equal to ${least}`,
          ctx: { ge: least },
        });
      return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(number, Number.MAX_SAFE_INTEGER));
    })
    .openapi({ type: "integer", description, ...(minimum === undefined ? {} : { minimum }) });
}

/** A number of days above 0; more than anything is old means everything. */
export function days(description: string) {
  return wholeNumber(description, { above: 0 }).transform((count) => Math.min(count, MAX_DAYS));
}

/** A yes or no, in any of the usual words. */
export function truth(description: string) {
  return z
    .string()
    .transform((given, context) => {
      const word = given.toLowerCase();
      if (TRUE.includes(word)) return true;
      if (FALSE.includes(word)) return false;
      return refuse(context, {
        type: "bool_parsing",
        msg: "Input should be a valid boolean, unable to interpret input",
      });
    })
    .openapi({ type: "boolean", description });
}

/** A time, as ISO text in UTC; without a zone it is meant in UTC. */
export function time(description: string) {
  return z
    .string()
    .transform((given, context) => {
      const instant = instantOf(given);
      if (instant !== undefined) return instant;
      return refuse(context, {
        type: "datetime_from_date_parsing",
        msg: "Input should be a valid datetime or date",
        ctx: { error: "not a date or time of ISO 8601" },
      });
    })
    .openapi({ type: "string", format: "date-time", description });
}

/** Refuses a value in a schema of one's own; the message goes to the caller as it is. */
export function refuse(context: z.RefinementCtx, { type, msg, ctx }: Fault): never {
  context.addIssue({ code: "custom", message: msg, params: { type, ...ctx } });
  return z.NEVER;
}
