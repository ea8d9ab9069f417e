import { defineRoute } from "../../http/route.ts";
import { reader } from "../http/access.ts";
import { pixelContract, readPixel } from "./pixel.ts";

/** The value of a pixel (contract section 12.3). */
export const route = defineRoute({
  contract: { ...pixelContract, method: "get", operationId: "readQaboardPixelGet" },
  access: reader,
  handler: async (c, { query }) => c.json(await readPixel(c.env.files, query), 200),
});
