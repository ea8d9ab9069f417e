import { z } from "@hono/zod-openapi";
import { changeOutput } from "../../../../db/upserts/qaboard/change-outputs.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { retryOnRollback } from "../http/retry-on-rollback.ts";
import { Output, OutputId } from "./output.ts";

const flag = (description: string) => z.boolean().nullish().openapi({ description });
const free = (description: string) => z.looseObject({}).nullish().openapi({ description });

const Body = z
  .looseObject({
    is_pending: flag("set as given"),
    is_running: flag("set as given"),
    is_failed: flag("set as given"),
    data: free("merged into the output's data"),
    metrics: free("merged into the output's metrics"),
  })
  .openapi("QaboardOutputChange");

/** Changes an output (contract section 6). */
export const route = defineRoute({
  contract: {
    method: "put",
    path: "/api/v1/output/{id}/",
    operationId: "changeQaboardOutput",
    summary: "Change flags, data and metrics of an output",
    tags: ["QA-Board outputs"],
    security: WRITE,
    middleware: jsonObject,
    request: { params: OutputId, body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: {
      200: { description: "the output", content: { "application/json": { schema: Output } } },
      ...ERRORS,
      ...BODY_ERRORS,
      404: errorResponse("no such output"),
    },
  },
  access: writer,
  handler: async (c, { params: { id }, text }) => {
    const json = await retryOnRollback(() => changeOutput(c.env.db, id, text));
    return json === undefined ? answerError(c, 404, `There is no output ${id}.`) : renderedJson(c, 200, json);
  },
});
