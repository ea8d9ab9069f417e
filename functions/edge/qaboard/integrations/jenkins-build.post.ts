import { z } from "@hono/zod-openapi";
import { withoutTrailingSlashes } from "../../../formats/trailing-slashes.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { askJenkins, readObject, textOf } from "./jenkins.ts";

const Body = z
  .looseObject({
    web_url: z.string().max(4_000).openapi({ description: "address of the build" }),
    build_url: z.string().max(4_000).nullish().openapi({ description: "the same for programs; it wins" }),
    url: z.string().max(4_000).nullish().openapi({ description: "address of the build's JSON, in place of both" }),
  })
  .openapi("QaboardJenkinsBuild");

const Status = z
  .object({
    status: z.string().openapi({ description: "running, success, failed, UNSTABLE, NOT_BUILT, ABORTED or canceled" }),
    allow_failure: z.boolean(),
    web_url: z.string(),
  })
  .openapi("QaboardJenkinsStatus");

/** What Jenkins calls a result, and what GitLab does. */
const STATUSES: Readonly<Record<string, string>> = {
  SUCCESS: "success",
  FAILURE: "failed",
  UNSTABLE: "UNSTABLE",
  NOT_BUILT: "NOT_BUILT",
  ABORTED: "ABORTED",
};

/** How a build stands (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/jenkins/build/",
    operationId: "findQaboardJenkinsBuild",
    summary: "How a Jenkins build stands",
    tags: ["QA-Board integrations"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: {
      200: { description: "its status", content: { "application/json": { schema: Status } } },
      ...ERRORS,
      ...BODY_ERRORS,
      403: { description: "no credentials are set for the host", content: { "text/html": { schema: z.string() } } },
      500: errorResponse("Jenkins answered no JSON, or an unknown result"),
      502: errorResponse("Jenkins does not answer"),
    },
  },
  access: writer,
  handler: async (c, { body }) => {
    const { web_url } = body;
    const url = body.url ?? `${withoutTrailingSlashes(body.build_url ?? web_url)}/api/json`;
    const answer = await askJenkins("GET", url, c.env.config);
    if (answer === undefined)
      return c.text(`ERROR: No credentials for ${url}`, 403, { "content-type": "text/html; charset=utf-8" });
    const text = textOf(answer);
    const build = readObject(text);
    if (build === undefined) return c.json({ error: "Jenkins answered no JSON.", text }, 500);
    const { building, result } = build;
    const isKnown = typeof result === "string" && Object.hasOwn(STATUSES, result);
    const status = building === true ? "running" : isKnown ? STATUSES[result] : result ? undefined : "canceled";
    if (status === undefined) return answerError(c, 500, "ERROR: unknown status");
    return c.json({ status, allow_failure: status === "UNSTABLE", web_url }, 200);
  },
});
