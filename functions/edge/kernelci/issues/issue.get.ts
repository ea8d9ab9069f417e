import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { issueOf } from "../../../../db/queries/kernelci/issue/issue.ts";
import type { Env } from "../../env.ts";
import { foundOr } from "../http/answers.ts";
import { Issue, IssueExtras } from "../http/object-shapes.ts";
import { readQuery } from "../http/parameters.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { IssueParams, VersionQuery } from "./issue-version.ts";

const optional = z.string().nullable();
const Answer = Issue.extend({
  ...{ report_url: optional, report_subject: optional, misc: z.looseObject({}).nullable(), extra: IssueExtras },
});

/** Contract part 07. */
export const route = createRoute({
  method: "get",
  path: "/issue/{issue_id}",
  operationId: "getKernelciIssue",
  summary: "Get an issue",
  description: "An issue in the version that is stored, with where it was seen.",
  tags: ["KernelCI issues"],
  request: { params: IssueParams, query: VersionQuery },
  responses: answersOf("the issue", Answer),
});

/** Answers with an issue. */
export async function handler(c: Context<Env>, { issue_id: id = "" }: PathNames): Promise<Response> {
  const read = readQuery(c, VersionQuery, "S");
  if (!read.ok) return read.answer;
  return foundOr(c, await issueOf(c.env.db, id, read.value.version), "Issue not found");
}
