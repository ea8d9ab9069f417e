import { z } from "@hono/zod-openapi";
import type { RunFilters } from "../../../../db/queries/github/run-filters.ts";
import { Flag, idOf, PageQuery, Text } from "../http/parameters.ts";
import { createdRange } from "./created-range.ts";

const STATES = ["completed", "in_progress", "queued", "requested", "waiting", "pending"] as const;
const CONCLUSIONS = [
  "action_required",
  "cancelled",
  "failure",
  "neutral",
  "skipped",
  "stale",
  "success",
  "timed_out",
  "startup_failure",
] as const;
const isState = (status: string) => STATES.some((state) => state === status);

const Created = z
  .string()
  .transform((text, ctx) => {
    const range = createdRange(text);
    if (range === undefined) ctx.addIssue({ code: "custom", message: "is no date, instant or range" });
    return range ?? z.NEVER;
  })
  .openapi({
    type: "string",
    description: "a day or an instant, `A..B` with `*` for an open end, or one after `>`, `>=`, `<`, `<=`",
    example: "2025-03-10..2025-03-11",
  });

const CheckSuiteId = z
  .string()
  .transform((text, ctx) => {
    const id = idOf(text);
    if (id === 0) ctx.addIssue({ code: "custom", message: "is no id" });
    return id;
  })
  .openapi({ type: "integer", minimum: 1 });

/** Query string of run lists (contract section 7): exact filters, combined with and. */
export const RunsQuery = z.object({
  actor: Text.optional().openapi({ description: "login of who caused the run, in any case", example: "octocat" }),
  branch: Text.optional().openapi({ description: "name of the head branch, case-sensitive", example: "main" }),
  event: Text.optional().openapi({ description: "event that caused the run", example: "push" }),
  status: z
    .enum([...STATES, ...CONCLUSIONS])
    .optional()
    .openapi({ description: "a state or a conclusion", example: "failure" }),
  created: Created.optional(),
  head_sha: Text.optional().openapi({ description: "hash of the head commit" }),
  check_suite_id: CheckSuiteId.optional(),
  exclude_pull_requests: Flag.optional().openapi({ description: "empties `pull_requests`" }),
  ...PageQuery.shape,
});

/** The filters a query string asks for. */
export function filtersOf(query: z.infer<typeof RunsQuery>): RunFilters {
  const { actor, branch, event, status, created, head_sha, check_suite_id } = query;
  const asState = status !== undefined && isState(status);
  return {
    actor,
    branch,
    event,
    created,
    headSha: head_sha,
    checkSuiteId: check_suite_id,
    status: asState ? status : undefined,
    conclusion: asState ? undefined : status,
  };
}
