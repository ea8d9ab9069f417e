import { createRoute } from "@hono/zod-openapi";
import { hideResult } from "../../../../db/upserts/eosc-perf/results.ts";
import { checked } from "../http/mount.ts";
import { changedAnswer } from "../http/outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "../http/responses.ts";

/** Contract section 8. */
export const route = createRoute({
  method: "delete",
  path: "/results/{result_id}",
  operationId: "DeleteResult",
  summary: "Hide a result from lists",
  description: "For admins. By its id it is still found.",
  tags: ["EOSC-Perf results"],
  security: TOKEN,
  request: { params: idParam("result_id") },
  responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown },
});

/** Hides a result. */
export const handler = checked(route, "admin", async (c, { id }) =>
  changedAnswer(c, await hideResult(c.env.db, id), { thing: "Result", id, kind: "result" }),
);
