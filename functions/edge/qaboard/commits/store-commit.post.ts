import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { storeCommit } from "../../../../db/upserts/qaboard/commit.ts";
import type { Env } from "../../env.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { ApiError, BODY_ERRORS, ERRORS } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { segment } from "../http/parameters.ts";
import { answerText, Done, jsonResponse, textResponse } from "../http/responses.ts";
import { withCommit } from "./commit-outcome.ts";
import { CommitFields } from "./posted-commit.ts";

const Body = z
  .looseObject({
    ...CommitFields,
    data: z.looseObject({}).nullish().openapi({ description: "merged into the commit's data" }),
  })
  .openapi("QaboardPostedCommit", { required: ["project", "git_commit_sha"] });

const shared = {
  method: "post",
  description: "`qa save-artifacts` says by it that the commit's artifacts are there.",
  tags: ["QA-Board commits"] as string[],
  security: WRITE,
  middleware: jsonObject,
  responses: {
    200: jsonResponse("stored", Done),
    ...ERRORS,
    ...BODY_ERRORS,
    404: textResponse("the commit is not known and cannot be made, or its hash is ambiguous"),
  },
} as const;
/** The path has its hash. */
const BodyOfHash = Body.openapi("QaboardPostedCommitOfHash", { required: ["project"] });
const jsonBody = <S extends z.ZodType>(schema: S) => ({ required: true, content: { "application/json": { schema } } });

/** Creates or updates the commit that the body names (contract section 4.3). */
export const route = defineRoute({
  contract: {
    ...shared,
    path: "/api/v1/commit/",
    operationId: "storeQaboardCommit",
    summary: "Create or update a commit",
    request: { body: jsonBody(Body) },
  },
  access: writer,
  handler: async (c, { body, text }) => {
    if (body.git_commit_sha === undefined) throw new ApiError(400, "git_commit_sha is missing.");
    return await stored(c, body, text, body.commit_sha || body.git_commit_sha);
  },
});

/** Creates or updates the commit that the path names. */
export const withHash = defineRoute({
  contract: {
    ...shared,
    path: "/api/v1/commit/{hash}",
    operationId: "storeQaboardCommitOfHash",
    summary: "Create or update the commit of a hash",
    request: { params: z.object({ hash: segment("its hash, or how a known one begins") }), body: jsonBody(BodyOfHash) },
  },
  access: writer,
  handler: async (c, { params, body, text }) => await stored(c, body, text, params.hash),
});

async function stored(c: Context<Env>, body: z.infer<typeof Body>, text: string, sha: string | null) {
  const { project } = body;
  if (!project) throw new ApiError(400, "project is missing.");
  if (!sha) throw new ApiError(400, "git_commit_sha is missing.");
  const { outcome } = await withCommit(c.env, { body: { ...body, project }, sha }, (commit) =>
    storeCommit(c.env.db, text, commit, { does: "merge" }),
  );
  if (outcome === "stored") return c.json({ status: "OK" as const }, 200);
  return answerText(c, 404, `404 ERROR:\n (${project}): There is an issue with your commit id (${sha})`);
}
