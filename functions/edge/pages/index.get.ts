import { z } from "@hono/zod-openapi";
import { listLatest, type PageSource } from "../../../db/queries/commits/latest.ts";
import { anyone } from "../http/admin.ts";
import { errorResponse } from "../http/errors.ts";
import { defineRoute } from "../http/route.ts";
import { NEEDS_TOKEN, readableSources } from "./readers.ts";
import { comparable, htmlPage, keepWithReader, prefersHtml } from "./respond.ts";
import { clientAddresses } from "./start/addresses.ts";
import { startPage } from "./start/page.ts";
import { Start } from "./start/shape.ts";

/** Where newcomers begin. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/",
    operationId: "getStart",
    summary: "What is here, and what came in lately",
    description: "JSON, or a page for clients that prefer text/html.",
    tags: ["Pages"],
    middleware: comparable,
    responses: {
      200: {
        description: "addresses and the newest of each source",
        content: { "application/json": { schema: Start }, "text/html": { schema: z.string() } },
      },
      304: { description: "it is as the caller has it (`If-None-Match`)" },
      503: errorResponse("the database does not answer"),
    },
  },
  access: anyone,
  handler: async (c) => {
    const may = await readableSources(c);
    const latest = async (source: PageSource) =>
      may[source] ? { access: "granted" as const, newest: await listLatest(c.env.db, source) } : NEEDS_TOKEN;
    const [github, kernelci, qaboard, eosc_perf] = await Promise.all([
      latest("github"),
      latest("kernelci"),
      latest("qaboard"),
      latest("eosc_perf"),
    ]);
    const start: Start = {
      release: c.env.config.RELEASE,
      reference: "/docs",
      document: "/openapi.json",
      commits: "/commits/{sha}",
      clients: clientAddresses(new URL(c.req.url)),
      received: { github, kernelci, qaboard, eosc_perf },
    };
    const asHtml = prefersHtml(c);
    keepWithReader(c);
    return asHtml ? await htmlPage(c, 200, startPage(start)) : c.json(start, 200);
  },
});
