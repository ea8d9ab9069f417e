import { createRoute } from "@hono/zod-openapi";
import type { Context } from "hono";
import { summarizeHardware } from "../../../../db/queries/kernelci/hardware/summary.ts";
import type { Env } from "../../env.ts";
import { jsonAnswer, nothingFound } from "../http/answers.ts";
import type { PathNames } from "../http/route-table.ts";
import { answersOf } from "../http/shapes.ts";
import { NO_RECORDS, NO_TREES } from "./answers.ts";
import { DetailsBody, HardwareParams, readDetails } from "./details-body.ts";
import { HardwareSummary } from "./shapes.ts";
import { hardwareSummary, SUMMARY } from "./summary-object.ts";

/** Contract part 06, `summary`. */
export const route = createRoute({
  method: "post",
  path: "/hardware/{hardware_id}/summary",
  operationId: "getKernelciHardwareSummary",
  summary: "Get the summary of a hardware",
  description: "Counts of builds, boots and tests of a platform, or of boards with a compatible.",
  tags: ["KernelCI hardware"],
  request: {
    params: HardwareParams,
    body: { content: { "application/json": { schema: DetailsBody } }, required: true },
  },
  responses: answersOf("the summary", HardwareSummary),
});

/** Answers with the summary of a hardware. */
export async function handler(c: Context<Env>, names: PathNames): Promise<Response> {
  const asked = await readDetails(c, names, "summary");
  if (!asked.ok) return asked.answer;
  const { question, filters } = asked.value;
  const found = await summarizeHardware(c.env.db, question, filters);
  if (!found.has_trees) return nothingFound(c, NO_TREES);
  if (!found.has_records) return nothingFound(c, NO_RECORDS.full);
  return jsonAnswer(c, JSON.stringify(hardwareSummary(found, SUMMARY)));
}
