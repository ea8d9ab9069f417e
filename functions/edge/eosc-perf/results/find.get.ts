import { createRoute } from "@hono/zod-openapi";
import { resultOf } from "../../../../db/queries/eosc-perf/results.ts";
import { checked } from "../http/mount.ts";
import { foundAnswer } from "../http/outcomes.ts";
import { idParam, REFUSALS, success } from "../http/responses.ts";
import { Result } from "../http/schemas.ts";

/** Contract section 8. */
export const route = createRoute({
  method: "get",
  path: "/results/{result_id}",
  operationId: "GetResult",
  summary: "Get a result, also a hidden one",
  tags: ["EOSC-Perf results"],
  request: { params: idParam("result_id") },
  responses: { ...success(200, "the result", Result), ...REFUSALS.unknown },
});

/** Answers with a result. */
export const handler = checked(route, "anonymous", async (c, { id }) =>
  foundAnswer(c, await resultOf(c.env.db, id), "Result", id),
);
