import type { Context } from "hono";
import type { WorkflowRef } from "../../../../db/queries/github/run-filters.ts";
import { runsOf } from "../../../../db/queries/github/runs.ts";
import type { Env } from "../../env.ts";
import { answerIn, countedAnswer } from "../http/answers.ts";
import { notFound } from "../http/errors.ts";
import { readQuery, repoOf } from "../http/parameters.ts";
import { filtersOf, RunsQuery } from "./runs-query.ts";

/** The page of runs a query string asks for, of the whole repository or of one workflow. */
export async function answerRuns(c: Context<Env>, workflow?: WorkflowRef): Promise<Response> {
  const read = readQuery(c, RunsQuery, "WorkflowRun");
  if (!read.ok) return read.answer;
  const page = { page: read.query.page, perPage: read.query.per_page };
  const runs = await runsOf(c.env.db, {
    repo: repoOf(c),
    filters: { ...filtersOf(read.query), workflow },
    page,
    withoutPulls: read.query.exclude_pull_requests ?? false,
  });
  return answerIn(c, runs, (found) => (found.known ? countedAnswer(c, "workflow_runs", found, page) : notFound(c)));
}
