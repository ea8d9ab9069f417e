import { createRoute } from "@hono/zod-openapi";
import { uploaderOf } from "../../../../db/queries/eosc-perf/results.ts";
import { checked } from "../http/mount.ts";
import { foundAnswer } from "../http/outcomes.ts";
import { idParam, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { User } from "../http/schemas.ts";

/** Contract section 8. */
export const route = createRoute({
  method: "get",
  path: "/results/{result_id}/uploader",
  operationId: "ResultUploader",
  summary: "Get who uploaded a result",
  description: "For admins.",
  tags: ["EOSC-Perf results"],
  security: TOKEN,
  request: { params: idParam("result_id") },
  responses: { ...success(200, "the user", User), ...REFUSALS.secured, ...REFUSALS.unknown },
});

/** Answers with the uploader of a result. */
export const handler = checked(route, "admin", async (c, { id }) =>
  foundAnswer(c, await uploaderOf(c.env.db, id), "Result", id),
);
