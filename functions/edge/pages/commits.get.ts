import { z } from "@hono/zod-openapi";
import { anyone } from "../http/admin.ts";
import { errorResponse } from "../http/errors.ts";
import { defineRoute } from "../http/route.ts";
import { HashBeginning } from "./hash-beginning.ts";

/** Where the search box of every page leads. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/commits",
    operationId: "findCommit",
    summary: "Look a commit up",
    description: "For the search box of the pages: leads on to the commit's own address.",
    tags: ["Pages"],
    request: { query: z.strictObject({ sha: HashBeginning }) },
    responses: {
      303: { description: "the commit's address", headers: z.object({ location: z.string() }) },
      400: {
        ...errorResponse("not the beginning of a hash"),
        content: { ...errorResponse("").content, "text/html": { schema: z.string() } },
      },
    },
  },
  access: anyone,
  handler: (c, { query: { sha } }) => c.redirect(`/commits/${sha}`, 303),
});
