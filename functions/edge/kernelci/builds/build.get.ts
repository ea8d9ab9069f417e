import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { buildOf } from "../../../../db/queries/kernelci/build.ts";
import type { Env } from "../../env.ts";
import { foundOr } from "../http/answers.ts";
import { BuildDetails } from "../http/object-shapes.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";

/** Contract part 07. */
export const route = createRoute({
  method: "get",
  path: "/build/{build_id}",
  operationId: "getKernelciBuild",
  summary: "Get a build",
  description: "A build; `origin` is its checkout's, `build_origin` its own.",
  tags: ["KernelCI builds"],
  request: { params: z.object({ build_id: z.string() }) },
  responses: answersOf("the build", BuildDetails),
});

/** Answers with a build. */
export async function handler(c: Context<Env>, { build_id: id = "" }: PathNames): Promise<Response> {
  return foundOr(c, await buildOf(c.env.db, id), "Build not found");
}
