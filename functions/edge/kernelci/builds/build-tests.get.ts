import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { buildFailed } from "../../../../db/queries/kernelci/build-failed.ts";
import { testsOfBuild } from "../../../../db/queries/kernelci/build-tests.ts";
import type { Env } from "../../env.ts";
import { foundOr } from "../http/answers.ts";
import { TestOfBuild } from "../http/object-shapes.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { tellChat } from "../http/tell-chat.ts";

/** Contract part 07. */
export const route = createRoute({
  method: "get",
  path: "/build/{build_id}/tests",
  operationId: "listKernelciBuildTests",
  summary: "List the tests of a build",
  description: "Boots and other tests.",
  tags: ["KernelCI builds"],
  request: { params: z.object({ build_id: z.string() }) },
  responses: answersOf("the tests", z.array(TestOfBuild)),
});

/** Answers with the tests of a build. */
export async function handler(c: Context<Env>, { build_id: id = "" }: PathNames): Promise<Response> {
  const found = await testsOfBuild(c.env.db, id);
  if (found !== null) tellChat(c, "Found tests for a failed build.", () => buildFailed(c.env.db, id));
  return foundOr(c, found, "No tests found for this build");
}
