import { storeCommit } from "../../../../db/upserts/qaboard/commit.ts";
import { storeOutput } from "../../../../db/upserts/qaboard/output.ts";
import { defineRoute, renderedJson } from "../../http/route.ts";
import { COMMIT_REASONS, withCommit } from "../commits/commit-outcome.ts";
import { WRITE, writer } from "../http/access.ts";
import { ApiError, answerError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { Output } from "./output.ts";
import { PostedOutputBody, readPostedOutput } from "./posted-output.ts";

/** Stores one result, and whatever it belongs to that is not known yet (contract section 4.1). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/output/",
    operationId: "storeQaboardOutput",
    summary: "Create or update an output",
    description: "The same input, platform, configurations and parameters in a batch are the same output.",
    tags: ["QA-Board outputs"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: PostedOutputBody } } } },
    responses: {
      200: { description: "the output", content: { "application/json": { schema: Output } } },
      ...ERRORS,
      ...BODY_ERRORS,
      404: errorResponse("the commit is not known and cannot be made, or its hash is ambiguous"),
    },
  },
  access: writer,
  handler: async (c, { body, text }) => {
    const sha = body.commit_sha || body.git_commit_sha;
    if (body.git_commit_sha === undefined || !sha) throw new ApiError(400, "git_commit_sha is missing.");
    const unknown = (reason: string) => answerError(c, 404, `Could not find your commit (${sha}). ${reason}`);
    const { project } = body;
    if (!project) return unknown("'project'");
    const posted = { body: { ...body, project }, sha };
    const output = readPostedOutput(body);
    if (!output.ok) {
      // The commit counts even when the rest of the body does not.
      const { outcome } = await withCommit(c.env, posted, (commit) =>
        storeCommit(c.env.db, text, commit, { does: "nothing" }),
      );
      return outcome === "stored" ? answerError(c, 400, output.problem) : unknown(COMMIT_REASONS[outcome]);
    }
    const stored = await withCommit(c.env, posted, (commit) =>
      storeOutput(c.env.db, { ...output.posted, text, commit }),
    );
    if (stored.outcome !== "stored") return unknown(COMMIT_REASONS[stored.outcome]);
    return renderedJson(c, 200, stored.json);
  },
});
