import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { buildsOfIssue } from "../../../../db/queries/kernelci/issue/incidents-of.ts";
import type { Env } from "../../env.ts";
import { foundOr } from "../http/answers.ts";
import { BuildOfIssue } from "../http/object-shapes.ts";
import { readQuery } from "../http/parameters.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { IssueParams, VersionQuery } from "./issue-version.ts";

/** Contract part 07. */
export const route = createRoute({
  method: "get",
  path: "/issue/{issue_id}/builds",
  operationId: "listKernelciIssueBuilds",
  summary: "List the builds of an issue",
  description: "One element for each incident of the version, by default the highest that any incident names.",
  tags: ["KernelCI issues"],
  request: { params: IssueParams, query: VersionQuery },
  responses: answersOf("the builds", z.array(BuildOfIssue)),
});

/** Answers with the builds that an issue was seen on. */
export async function handler(c: Context<Env>, { issue_id: id = "" }: PathNames): Promise<Response> {
  const read = readQuery(c, VersionQuery, "S");
  if (!read.ok) return read.answer;
  return foundOr(c, await buildsOfIssue(c.env.db, id, read.value.version), "No builds found for this issue");
}
