import { z } from "@hono/zod-openapi";
import { defineRoute } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { answerError, ERRORS, errorResponse } from "../http/errors.ts";

/** A report of regions as PDF, which nothing that runs at the edge draws (contract section 12.3). */
export const reportRoute = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/output/diff/report",
    operationId: "reportQaboardImages",
    summary: "A report of where two images differ; not served",
    tags: ["QA-Board images"],
    security: READ,
    responses: { ...ERRORS, 501: errorResponse("always") },
  },
  access: reader,
  handler: (c) => answerError(c, 501, "Reports as PDF are not made here. The regions come from /output/diff/image."),
});

/** Tiles of images, which a server of their own makes upstream too (contract section 12.3). */
export const tilesRoute = defineRoute({
  contract: {
    method: "get",
    path: "/iiif/2/{path...}",
    operationId: "findQaboardTiles",
    summary: "Tiles of an image; not served",
    tags: ["QA-Board images"],
    security: READ,
    request: { params: z.object({ path: z.string().openapi({ description: "identifier and region" }) }) },
    responses: { ...ERRORS, 501: errorResponse("always") },
  },
  access: reader,
  handler: (c) =>
    answerError(
      c,
      501,
      "Tiles are made by an IIIF server of one's own, such as Cantaloupe. The whole image is below /s.",
    ),
});
