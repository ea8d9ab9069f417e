import { findOutput } from "../../../../db/queries/qaboard/output.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";
import { Output, OutputId } from "./output.ts";

/** Reads one output (contract section 5.7). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/output/{id}/",
    operationId: "findQaboardOutput",
    summary: "Get an output",
    tags: ["QA-Board outputs"],
    security: READ,
    request: { params: OutputId },
    responses: {
      200: { description: "the output", content: { "application/json": { schema: Output } } },
      ...ERRORS,
      404: errorResponse("no such output"),
    },
  },
  access: reader,
  handler: async (c, { params }) => {
    const json = await findOutput(c.env.db, params.id);
    return json === undefined ? answerError(c, 404, `There is no output ${params.id}.`) : renderedJson(c, 200, json);
  },
});
