import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { findHardware } from "../../../../db/queries/kernelci/hardware/full.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { NO_RECORDS, NO_TREES } from "./answers.ts";
import { DetailsBody, HardwareParams, readDetails } from "./details-body.ts";
import { HardwareBuild, HardwareSummary, HardwareTest } from "./shapes.ts";
import { FULL, hardwareSummary } from "./summary-object.ts";

const Full = HardwareSummary.extend({
  ...{ builds: z.array(HardwareBuild), boots: z.array(HardwareTest), tests: z.array(HardwareTest) },
});

/** Contract part 06, Records. */
export const route = createRoute({
  method: "post",
  path: "/hardware/{hardware_id}",
  operationId: "getKernelciHardware",
  summary: "Get everything of a hardware",
  description: "Builds, boots and tests of a platform, or of boards with a compatible, with their summary.",
  tags: ["KernelCI hardware"],
  request: {
    params: HardwareParams,
    body: { content: { "application/json": { schema: DetailsBody } }, required: true },
  },
  responses: answersOf("everything of the hardware", Full),
});

/** Answers with everything of a hardware. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const asked = await readDetails(c, names);
  if (!asked.ok) return asked.answer;
  const { question, filters } = asked.value;
  const found = await findHardware(c.env.db, question, filters);
  if (!found.has_trees) return nothingFound(c, NO_TREES);
  if (!found.has_records) return nothingFound(c, NO_RECORDS.full);
  const { builds, boots, tests } = found;
  const summary = JSON.stringify(hardwareSummary(found, FULL));
  return jsonAnswer(c, `{"builds":${builds},"boots":${boots},"tests":${tests},${summary.slice(1)}`);
}
