import { z } from "@hono/zod-openapi";
import { anyone } from "../http/admin.ts";
import { errorAnswer, errorResponse } from "../http/errors.ts";
import { defineRoute } from "../http/route.ts";
import { findCommit } from "./commit/find-commit.ts";
import { commitPage, matchesPage } from "./commit/page.ts";
import { Commit, Matches } from "./commit/shape.ts";
import { HashBeginning } from "./hash-beginning.ts";
import { messagePage } from "./parts/layout.ts";
import { readableSources } from "./readers.ts";
import { comparable, htmlPage, keepWithReader, prefersHtml } from "./respond.ts";

const HTML = { "text/html": { schema: z.string() } };

/** One commit over all sources. */
export const route = defineRoute({
  contract: {
    method: "get",
    path: "/commits/{sha}",
    operationId: "getCommitPage",
    summary: "One commit over all sources",
    description:
      "JSON, or a page for clients that prefer text/html. A part whose API is restricted says that it needs a token, unless the caller's token opens that API.",
    tags: ["Pages"],
    middleware: comparable,
    request: { params: z.object({ sha: HashBeginning }) },
    responses: {
      200: { description: "the commit", content: { "application/json": { schema: Commit }, ...HTML } },
      300: {
        description: "several commits begin so",
        content: { "application/json": { schema: Matches }, ...HTML },
      },
      304: { description: "it is as the caller has it (`If-None-Match`)" },
      400: { ...errorResponse("not the beginning of a hash"), content: { ...errorResponse("").content, ...HTML } },
      404: { ...errorResponse("no such commit"), content: { ...errorResponse("").content, ...HTML } },
      503: errorResponse("the database does not answer"),
    },
  },
  access: anyone,
  handler: async (c, { params: { sha } }) => {
    const found = await findCommit(c.env, sha, await readableSources(c));
    const asHtml = prefersHtml(c);
    keepWithReader(c);
    if (found === undefined) {
      const message = "No source that you may see knows a commit of this hash.";
      return asHtml
        ? await htmlPage(c, 404, messagePage("No such commit", message, sha))
        : errorAnswer(c, 404, "not_found", message);
    }
    if ("commits" in found) return asHtml ? await htmlPage(c, 300, matchesPage(found, sha)) : c.json(found, 300);
    return asHtml ? await htmlPage(c, 200, commitPage(found)) : c.json(found, 200);
  },
});
