import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { testOf } from "../../../../db/queries/kernelci/test.ts";
import type { Env } from "../../env.ts";
import { foundOr } from "../http/answers.ts";
import { TestDetails } from "../http/object-shapes.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";

/** Contract part 07. */
export const route = createRoute({
  method: "get",
  path: "/test/{test_id}",
  operationId: "getKernelciTest",
  summary: "Get a test",
  description: "A boot or another test; `origin` is its checkout's, `test_origin` its own.",
  tags: ["KernelCI tests"],
  request: { params: z.object({ test_id: z.string() }) },
  responses: answersOf("the test", TestDetails),
});

/** Answers with a test. */
export async function handler(c: Context<Env>, { test_id: id = "" }: PathNames): Promise<Response> {
  return foundOr(c, await testOf(c.env.db, id), "Test not found");
}
