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
  path: "/build/{build_id}/issues",
  operationId: "listKernelciBuildIssues",
  summary: "List the issues of a build",
  description: "Issues that incidents tie to the build, with how often.",
  tags: ["KernelCI builds"],
  request: { params: z.object({ build_id: z.string() }) },
  responses: answersOf("the issues", z.array(SeenIssue)),
});

/** Answers with the issues of a build. */
export async function handler(c: Context<Env>, { build_id: buildId = "" }: PathNames): Promise<Response> {
  return foundOr(c, await issuesSeenOn(c.env.db, { buildId }), "No issues found for this build");
}
