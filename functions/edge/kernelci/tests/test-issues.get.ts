import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { issuesSeenOn } from "../../../../db/queries/kernelci/issues-seen-on.ts";
import type { Env } from "../../env.ts";
import { foundOr } from "../http/answers.ts";
import { SeenIssue } from "../http/object-shapes.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";

/** Contract part 07. */
export const route = createRoute({
  method: "get",
  path: "/test/{test_id}/issues",
  operationId: "listKernelciTestIssues",
  summary: "List the issues of a test",
  description: "Issues that incidents tie to the test, with how often.",
  tags: ["KernelCI tests"],
  request: { params: z.object({ test_id: z.string() }) },
  responses: answersOf("the issues", z.array(SeenIssue)),
});

/** Answers with the issues of a test. */
export async function handler(c: Context<Env>, { test_id: testId = "" }: PathNames): Promise<Response> {
  return foundOr(c, await issuesSeenOn(c.env.db, { testId }), "No issues were found for this test");
}
