import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { issuesStored } from "../../../../db/queries/kernelci/issue/issues.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound, refused } from "../http/answers.ts";
import { readFilters } from "../http/filters.ts";
import { Incident, Issue } from "../http/object-shapes.ts";
import { days, queryOf, readQuery } from "../http/parameters.ts";
import { answersOf } from "../http/shapes.ts";
import { TimestampFault, timestampRange } from "../http/timestamp-range.ts";

const Checked = z.object({ interval_in_days: days("checked, not used").optional() });
const seconds = z.string().optional().openapi({ type: "number" });
const values = z.union([z.string(), z.array(z.string())]).optional();
const Query = Checked.extend({
  startTimestampInSeconds: seconds.openapi({ description: "default: a week before the end" }),
  endTimestampInSeconds: seconds.openapi({ description: "default: now" }),
  filter_origin: values,
  "filter_issue.culprit": values.openapi({ description: "code, harness or tool" }),
  "filter_issue.categories": values,
  "filter_issue.options": values.openapi({ description: "hasIncident" }),
});

const texts = z.array(z.string());
const Answer = z.object({
  issues: z.array(Issue),
  extras: z.record(z.string(), Incident),
  filters: z.object({ origins: texts, culprits: texts, categories: texts }),
});

/** Contract part 07, list. */
export const route = createRoute({
  method: "get",
  path: "/issue/",
  operationId: "listKernelciIssues",
  summary: "List issues",
  description: "Issues stored in a time range, each with its first incident; those seen in no tree are left out.",
  tags: ["KernelCI issues"],
  request: { query: Query },
  responses: answersOf("the issues", Answer),
});

/** Answers with the issues of a time range. */
export async function handler(c: Context<Env>): Promise<Response> {
  const read = readQuery(c, Checked, "E");
  if (!read.ok) return read.answer;
  const filters = readFilters(c);
  if (!filters.ok) return filters.answer;
  try {
    const range = timestampRange(queryOf(c), 7, new Date());
    const { known, text } = await issuesStored(c.env.db, range, filters.value.issue);
    return known ? jsonAnswer(c, text) : nothingFound(c, "No issues found");
  } catch (error) {
    if (error instanceof TimestampFault) return refused(c, error.message);
    throw error;
  }
}
