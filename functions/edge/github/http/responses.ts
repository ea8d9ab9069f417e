import { z } from "@hono/zod-openapi";

const ETAG = { etag: z.string().openapi({ description: "weak; send it back as `If-None-Match` to get 304" }) };
const LINK = {
  link: z.string().optional().openapi({ description: "`prev`, `next`, `last`, `first`, as far as there are" }),
};

/** 200 and 304 of a route that answers one object. */
export function oneResponse(description: string, schema: z.ZodType) {
  return responsesOf(description, schema, z.object(ETAG));
}

/** 200 and 304 of a route that answers a page of a list. */
export function listResponse(description: string, schema: z.ZodType) {
  return responsesOf(description, schema, z.object({ ...ETAG, ...LINK }));
}

function responsesOf(description: string, schema: z.ZodType, headers: z.ZodObject) {
  return {
    200: { description, headers, content: { "application/json": { schema } } },
    304: { description: "unchanged since the answer with that `ETag`" },
  };
}
