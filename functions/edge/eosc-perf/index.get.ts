import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Env } from "../env.ts";
import { pageHeaders, referencePage } from "../http/reference-page.ts";

/** Contract section 16. */
export const route = createRoute({
  method: "get",
  path: "/",
  operationId: "getEoscPerfPage",
  summary: "The EOSC Performance API as a page",
  description: "Stands at the mount with a slash at its end; without one it leads there.",
  tags: ["EOSC-Perf documentation"],
  middleware: pageHeaders,
  responses: {
    200: { description: "the page", content: { "text/html": { schema: z.string() } } },
    308: { description: "to the page" },
  },
});

// Relative, so that it is found behind any prefix.
const page = referencePage({ url: "api-spec.json", title: "EOSC Performance API" });

/** Answers with the page, or leads there, likewise behind any prefix. */
export const handler = async (c: Context<Env>): Promise<Response> => {
  const last = new URL(c.req.url).pathname.split("/").at(-1) ?? "";
  return last === "" ? await page(c) : c.redirect(`./${last}/`, 308);
};
