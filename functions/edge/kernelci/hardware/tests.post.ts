import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../../env.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { DetailsBody, HardwareParams } from "./details-body.ts";
import { HardwareTest } from "./shapes.ts";
import { answerHardwareTests, EnvironmentQuery } from "./test-list.ts";

/** Contract part 06, Records. */
export const route = createRoute({
  method: "post",
  path: "/hardware/{hardware_id}/tests",
  operationId: "listKernelciHardwareTests",
  summary: "List the tests of a hardware",
  description:
    "Tests that ran on a platform, or on boards with a compatible, and are no boots, of the trees of a time range.",
  tags: ["KernelCI hardware"],
  request: {
    ...{ params: HardwareParams, query: EnvironmentQuery },
    body: { content: { "application/json": { schema: DetailsBody } }, required: true },
  },
  responses: answersOf("the tests", z.object({ tests: z.array(HardwareTest) })),
});

/** Answers with the tests of a hardware. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  return await answerHardwareTests(c, names, "tests");
}
