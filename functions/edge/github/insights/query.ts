import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Choice, Window } from "../../../../db/queries/github/insights/chosen-runs.ts";
import type { Env } from "../../env.ts";
import { readQuery, repoOf, Text, workflowRefOf } from "../http/parameters.ts";
import { instantOf } from "../runs/created-range.ts";
import { unknownValue } from "./answer.ts";

const UNIT_MS = { h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** Each costs the database a part of its plan. */
const MAX_WORKFLOWS = 32;
const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");

/** An instant, or a date in place of its first second; becomes milliseconds since 1970. */
const Instant = z
  .string()
  .transform((text, ctx) => {
    const at = instantOf(text, "lower");
    if (at === undefined) ctx.addIssue({ code: "custom", message: "is no date or instant" });
    return at === undefined ? z.NEVER : Date.parse(at);
  })
  .openapi({ type: "string", example: "2025-03-20T12:00:00Z" });

const Period = z
  .string()
  .transform((text, ctx) => {
    const [, count, unit] = /^([1-9]\d{0,5})([hdw])$/.exec(text) ?? [];
    if (unit === "h" || unit === "d" || unit === "w") return Number(count) * UNIT_MS[unit];
    ctx.addIssue({ code: "custom", message: "is no period" });
    return z.NEVER;
  })
  .openapi({ type: "string", description: "length of the window: a number and h, d or w", example: "7d" });

/** Which runs an insight is about (contract section 8). */
export const ChoiceQuery = z.object({
  branch: Text.optional().openapi({ description: "name of the head branch, case-sensitive", example: "main" }),
  workflow: z
    .string()
    .optional()
    .openapi({
      type: "array",
      items: { type: "string" },
      description: `id or file name; may be repeated, with ${MAX_WORKFLOWS} values at most`,
    }),
  event: Text.optional().openapi({ description: "event that caused the run", example: "push" }),
  actor: Text.optional().openapi({ description: "login of who caused the run, in any case", example: "octocat" }),
  as_of: Instant.optional().openapi({ description: "what `now` is; hides later runs" }),
});

/** The same within a window: since <= created_at < until. */
export const WindowQuery = ChoiceQuery.extend({
  since: Instant.optional().openapi({ description: "start of the window; goes before `period`" }),
  until: Instant.optional().openapi({ description: "end of the window (default: `as_of`, which defaults to now)" }),
  period: Period.optional(),
});

type Asked<Q> = { ok: true; query: Q; choice: Choice } | { ok: false; answer: Response };

/** Checks the query string of an insight: what it asks for, or the 422 that names what wasn't understood. */
export function readInsight<Q extends z.infer<typeof ChoiceQuery>>(c: Context<Env>, schema: z.ZodType<Q>): Asked<Q> {
  const read = readQuery(c, schema, "Insight");
  if (!read.ok) return read;
  const { branch, event, actor, as_of } = read.query;
  const named = new Set((c.req.queries("workflow") ?? []).filter((text) => text !== ""));
  if (named.size > MAX_WORKFLOWS) return { ok: false, answer: unknownValue(c, "workflow") };
  const workflows = [...named].map(workflowRefOf);
  const asOf = instantText(as_of ?? Math.floor(Date.now() / 1_000) * 1_000);
  return { ok: true, query: read.query, choice: { repo: repoOf(c), workflows, branch, event, actor, asOf } };
}

/** The window that was asked for; `lasting` is the period when none was given. */
export function windowOf(
  { since, until, period }: z.infer<typeof WindowQuery>,
  { asOf }: Choice,
  lasting: `${number}${"h" | "d" | "w"}`,
): Window {
  const end = until ?? Date.parse(asOf);
  const start = since ?? Math.max(FIRST_MS, end - (period ?? Period.parse(lasting)));
  return { since: instantText(start), until: instantText(end) };
}

/** ISO 8601 in UTC, fractions only where there are some. */
function instantText(ms: number): string {
  return new Date(ms).toISOString().replace(".000Z", "Z");
}
