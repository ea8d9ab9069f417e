import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Env } from "../env.ts";
import { ADMIN_SCHEME, anyone } from "../http/admin.ts";
import { defineRoute, renderedJson } from "../http/route.ts";
import type { Source } from "../http/source.ts";
import { METRICS_SCHEME } from "./metrics.get.ts";

const INFO = {
  openapi: "3.1.0",
  info: {
    title: "Runledger",
    version: "1",
    description:
      "Keeps every result a project's machines produce and answers in the vocabulary of the systems people already use. The compatible APIs follow their originals; receipts, lists and operations are our own.",
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/", description: "where this document comes from" }],
  // Nothing is needed unless an operation says so.
  security: [],
};

/** Security schemes of our own routes. */
const OWN_SCHEMES = {
  [ADMIN_SCHEME]: "a token whose SHA-256 is in ADMIN_TOKEN_SHA256",
  [METRICS_SCHEME]: "a token whose SHA-256 is in METRICS_TOKEN_SHA256",
};

/** The OpenAPI 3.1 document of every route of an app; the document is rendered at first use, when every route is mounted. */
export function defineDocument(app: OpenAPIHono<Env>, sources: readonly Source[]) {
  for (const schemes of [OWN_SCHEMES, ...sources.map(({ securitySchemes }) => securitySchemes)])
    for (const [name, description] of Object.entries(schemes))
      app.openAPIRegistry.registerComponent("securitySchemes", name, { type: "http", scheme: "bearer", description });
  let rendered: string | undefined;
  return defineRoute({
    contract: {
      method: "get",
      path: "/openapi.json",
      operationId: "getOpenApi",
      summary: "This document",
      tags: ["Documentation"],
      responses: {
        200: { description: "OpenAPI 3.1", content: { "application/json": { schema: z.looseObject({}) } } },
      },
    },
    access: anyone,
    handler: (c) => {
      rendered ??= JSON.stringify(app.getOpenAPI31Document(INFO));
      c.header("cache-control", "max-age=60");
      return renderedJson(c, 200, rendered);
    },
  });
}
