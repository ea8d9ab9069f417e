import { z } from "@hono/zod-openapi";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { READ, reader } from "../http/access.ts";
import { ERRORS, TOO_LARGE } from "../http/errors.ts";
import { segment } from "../http/parameters.ts";
import { Commit } from "./commit.ts";
import { ListingQuery, listingText } from "./listing.ts";

/** Lists the commits of a branch (contract section 5.4). */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/api/v1/commits/{branch...}",
    operationId: "listQaboardBranchCommits",
    summary: "List the commits of a branch that have batches, the newest first",
    description: "The window slides back until it ends at the newest commit. At most 1,000 commits are looked at.",
    tags: ["QA-Board commits"],
    security: READ,
    request: {
      params: z.object({ branch: segment("its name, slashes included, with or without `origin/`") }),
      query: ListingQuery,
    },
    responses: {
      200: { description: "the commits", content: { "application/json": { schema: z.array(Commit) } } },
      ...ERRORS,
      ...TOO_LARGE,
    },
  },
  access: reader,
  handler: async (c, { query, params }) => renderedJson(c, 200, await listingText(c.env, query, params.branch)),
});
