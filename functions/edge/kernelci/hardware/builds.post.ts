import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { listHardwareBuilds } from "../../../../db/queries/kernelci/hardware/builds.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { NO_RECORDS, NO_TREES } from "./answers.ts";
import { DetailsBody, HardwareParams, readDetails } from "./details-body.ts";
import { HardwareBuild } from "./shapes.ts";

/** Contract part 06, Records. */
export const route = createRoute({
  method: "post",
  path: "/hardware/{hardware_id}/builds",
  operationId: "listKernelciHardwareBuilds",
  summary: "List the builds of a hardware",
  description: "Builds whose tests ran on a platform, or on boards with a compatible, of the trees of a time range.",
  tags: ["KernelCI hardware"],
  request: {
    params: HardwareParams,
    body: { content: { "application/json": { schema: DetailsBody } }, required: true },
  },
  responses: answersOf("the builds", z.object({ builds: z.array(HardwareBuild) })),
});

/** Answers with the builds of a hardware. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const asked = await readDetails(c, names);
  if (!asked.ok) return asked.answer;
  const { question, filters } = asked.value;
  const { has_trees, has_records, items } = await listHardwareBuilds(c.env.db, question, filters);
  if (!has_trees) return nothingFound(c, NO_TREES);
  return has_records ? jsonAnswer(c, `{"builds":${items}}`) : nothingFound(c, NO_RECORDS.builds);
}
