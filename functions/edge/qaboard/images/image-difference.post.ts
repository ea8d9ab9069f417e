import { z } from "@hono/zod-openapi";
import { findDifferences } from "../../../images/differences.ts";
import { ImageError } from "../../../images/image.ts";
import { defineRoute } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { ApiError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { imagePath, readImage } from "./read-image.ts";

const amount = z.coerce.number().min(0).max(1_000_000);

const Body = z
  .looseObject({
    output_dir_url_new: z
      .string()
      .max(4_000)
      .openapi({ pattern: "/s/", description: "folder of the one output, /s/…" }),
    output_dir_url_ref: z.string().max(4_000).openapi({ pattern: "/s/", description: "folder of the other, /s/…" }),
    path: z.string().min(1).max(1_000).openapi({ description: "path of the image in both" }),
    threshold: amount.openapi({ type: "number", description: "how different a region must be, 0 to 100" }),
    diameter: amount.openapi({ type: "number", description: "of the largest regions; 0: a tenth of the mean side" }),
    count: amount.openapi({ type: "number", description: "so many regions at most, the largest" }),
  })
  .openapi("QaboardImageDifference");

const Regions = z
  .array(z.array(z.number()).openapi({ description: "row and column of its middle, and its radius" }))
  .openapi("QaboardRegions");

/** Regions where two images differ (contract section 12.3). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/output/diff/image",
    operationId: "compareQaboardImages",
    summary: "Where two images differ",
    tags: ["QA-Board images"],
    security: READ,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: {
      200: { description: "the regions", content: { "application/json": { schema: Regions } } },
      ...ERRORS,
      ...BODY_ERRORS,
      404: errorResponse("one of the images is not there"),
      503: errorResponse("the store of files does not answer"),
    },
  },
  access: reader,
  handler: async (c, { body }) => {
    const one = await readImage(c.env.files, imagePath(body.output_dir_url_new, body.path));
    const other = await readImage(c.env.files, imagePath(body.output_dir_url_ref, body.path));
    try {
      return c.json(findDifferences(one, other, body), 200);
    } catch (error) {
      if (error instanceof ImageError) throw new ApiError(400, error.message);
      throw error;
    }
  },
});
