import { type RouteConfig, z } from "@hono/zod-openapi";

const Detail = z.object({ detail: z.string() }).openapi("KernelciDetail");
const Failure = z.object({ error: z.string() }).openapi("KernelciError");
const Page = z.string().openapi({ description: "the answer as a page for people" });

const detail = (description: string) => ({ description, content: { "application/json": { schema: Detail } } });

/** What routes that answer with JSON share: a page for browsers, and a body that is too large (contract part 01). */
function ofJson({ method, responses }: RouteConfig): RouteConfig["responses"] {
  const found = responses[200];
  if (found === undefined || !("content" in found) || found.content?.["application/json"] === undefined) return {};
  return {
    200: { ...found, content: { ...found.content, "text/html": { schema: Page } } },
    ...(method === "post"
      ? { 413: { description: "the body is too large", content: { "application/json": { schema: Failure } } } }
      : {}),
  };
}

/** A route of the API as its descriptions show it, below `/api`: with what matching and negotiation may answer. */
export function documentedRoute(route: RouteConfig): RouteConfig {
  const notFound = {
    description: "no such `format`, or nothing is served at this address",
    content: { "application/json": { schema: Detail }, "text/html": { schema: z.string() } },
  };
  const shared = {
    400: {
      description: "the answer would take more than RESPONSE_MAX_BYTES",
      content: { "application/json": { schema: Failure } },
    },
    304: { description: "not changed since the `ETag` of `If-None-Match`" },
    404: notFound,
    406: detail("no media type that `Accept` allows"),
  };
  return { ...route, path: `/api${route.path}`, responses: { ...shared, ...route.responses, ...ofJson(route) } };
}
