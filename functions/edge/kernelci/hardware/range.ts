import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import { jsonAnswer } from "../http/answers.ts";
import { refuse } from "../http/parameters.ts";
import { type Checked, check } from "../http/validation.ts";

const NOT_A_TIME = "startTimestampInSeconds and endTimestampInSeconds must be a Unix Timestamp";
const WHOLE_NUMBER = /^\s*[+-]?\d+(_\d+)*\s*$/;
const FIRST_SECOND = Date.parse("0001-01-01T00:00:00Z") / 1_000;
const LAST_SECOND = Date.parse("9999-12-31T23:59:59Z") / 1_000;

const timestamp = z
  .unknown()
  .transform((given, context) => {
    if (typeof given === "string" || typeof given === "number") return String(given);
    if (typeof given === "boolean") return given ? "1" : "0";
    return refuse(context, { type: "string_type", msg: "Input should be a valid string" });
  })
  .openapi({ type: "string", description: "unix seconds, as a number or a text", example: "1741046400" });

/** The range that every body of these routes has. */
export const Range = { startTimestampInSeconds: timestamp, endTimestampInSeconds: timestamp };

/** A range as ISO texts. */
export type Period = { since: string; until: string };

/** A time that is no whole number of seconds; the message is that of the original's language. */
export class TimestampFault extends Error {}

/** Reads the range of a body. Throws TimestampFault. */
export function parsePeriod(range: { startTimestampInSeconds: string; endTimestampInSeconds: string }): Period {
  return { since: parseSecond(range.startTimestampInSeconds), until: parseSecond(range.endTimestampInSeconds) };
}

function parseSecond(given: string): string {
  if (!WHOLE_NUMBER.test(given)) throw new TimestampFault(`invalid literal for int() with base 10: '${given}'`);
  const second = Number(given.replaceAll("_", ""));
  if (second < FIRST_SECOND || second > LAST_SECOND) throw new TimestampFault("timestamp is out of range");
  return new Date(second * 1_000).toISOString();
}

/** The 400 about timestamps, which also stands for other values that cannot be read; `exception` is shown by `summary`. */
export function notATime(c: Context<Env>, exception: string | undefined): Response {
  const fields = exception === undefined ? {} : { exception };
  return jsonAnswer(c, JSON.stringify({ error: NOT_A_TIME, ...fields }), 400);
}

/** Checks a body by a schema; one that is no object is answered like a bad time (contract part 06). */
export function checkBody<T>(
  c: Context<Env>,
  schema: z.ZodType<T>,
  body: unknown,
  showsException: boolean,
): Checked<T> {
  if (typeof body === "object" && body !== null && !Array.isArray(body)) return check(c, schema, body, "S");
  return { ok: false, answer: notATime(c, showsException ? "The body is not a JSON object." : undefined) };
}
