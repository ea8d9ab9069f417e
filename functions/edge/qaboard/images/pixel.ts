import { z } from "@hono/zod-openapi";
import type { FileStore } from "../../../files/file-store.ts";
import { READ } from "../http/access.ts";
import { ApiError, ERRORS, errorResponse } from "../http/errors.ts";
import { query } from "../http/parameters.ts";
import { imagePath, readImage } from "./read-image.ts";

const place = (description: string) =>
  query(description)
    .refine((text) => /^\d{1,6}$/.test(text), "must be a whole number from 1 on")
    .openapi({ type: "integer", minimum: 1, maximum: 999_999 })
    .transform(Number);

const Query = z.object({
  x: place("column, from 1 on"),
  y: place("row, from 1 on"),
  image_url: query("address of the image, /s/…").openapi({ pattern: "/s/" }),
});

const Pixel = z
  .object({
    value: z.union([z.number(), z.array(z.number())]).openapi({ description: "of gray, or of each channel" }),
    meta: z.object({ mode: z.string().openapi({ description: "L, LA, RGB, RGBA or I;16" }) }),
  })
  .openapi("QaboardPixel");

/** What both methods share. */
export const pixelContract = {
  path: "/api/v1/output/image/pixel",
  summary: "The value of a pixel",
  description: "PNG and JPEG, of at most 12 million pixels.",
  tags: ["QA-Board images"],
  security: READ,
  request: { query: Query },
  responses: {
    200: { description: "the value", content: { "application/json": { schema: Pixel } } },
    ...ERRORS,
    404: errorResponse("no such image"),
    503: errorResponse("the store of files does not answer"),
  },
};

/** Reads one pixel; throws ApiError for one outside of the image. */
export async function readPixel(files: FileStore, { x, y, image_url }: z.infer<typeof Query>) {
  const { width, height, channels, mode, data } = await readImage(files, imagePath(image_url));
  if (x < 1 || y < 1 || x > width || y > height)
    throw new ApiError(400, `The image has ${width} × ${height} pixels, none at ${x}, ${y}.`);
  const at = ((y - 1) * width + x - 1) * channels;
  const values = Array.from(data.subarray(at, at + channels));
  return { value: channels === 1 ? (values[0] ?? 0) : values, meta: { mode } };
}
