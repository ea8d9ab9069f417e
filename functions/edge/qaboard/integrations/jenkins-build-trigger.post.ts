import { z } from "@hono/zod-openapi";
import { withoutTrailingSlashes } from "../../../formats/trailing-slashes.ts";
import { defineRoute } from "../../http/route.ts";
import { WRITE, writer } from "../http/access.ts";
import { answerError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { jsonObject } from "../http/json-object.ts";
import { askJenkins, readObject, textOf } from "./jenkins.ts";

const POLL_MS = 500;
const WAIT_MS = 25_000;

const Body = z
  .looseObject({
    build_url: z.string().max(4_000).openapi({ description: "address of the job" }),
    params: z
      .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]))
      .nullish()
      .openapi({ description: "the build's parameters" }),
    token: z.string().nullish().openapi({ description: "the job's own token (default: qaboard)" }),
    cause: z.string().nullish().openapi({ description: "why it is built" }),
  })
  .openapi("QaboardJenkinsTrigger");

const Begun = z
  .looseObject({
    status: z.literal("pending"),
    web_url: z.string().openapi({ description: "address of the build" }),
  })
  .openapi("QaboardJenkinsBegun");

/** Begins a build, and waits until it has a number (contract section 11). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/api/v1/jenkins/build/trigger/",
    operationId: "triggerQaboardJenkinsBuild",
    summary: "Begin a Jenkins build",
    description: "Waits at most 25 seconds for the build to leave Jenkins' queue.",
    tags: ["QA-Board integrations"],
    security: WRITE,
    middleware: jsonObject,
    request: { body: { required: true, content: { "application/json": { schema: Body } } } },
    responses: {
      200: { description: "the item of the queue and the build", content: { "application/json": { schema: Begun } } },
      ...ERRORS,
      ...BODY_ERRORS,
      403: errorResponse("no credentials are set for the host"),
      500: errorResponse("Jenkins did not queue the build"),
      502: errorResponse("Jenkins does not answer"),
      504: errorResponse("the build is still in Jenkins' queue"),
    },
  },
  access: writer,
  handler: async (c, { body }) => {
    const query = new URLSearchParams();
    if (body.cause) query.set("cause", body.cause);
    for (const [name, value] of Object.entries(body.params ?? {})) query.append(name, String(value ?? ""));
    query.set("token", body.token ?? "qaboard");
    const job = withoutTrailingSlashes(body.build_url);
    const noCredentials = (url: string) => answerError(c, 403, `No credentials for ${url}`);
    const queued = await askJenkins("POST", `${job}/buildWithParameters?${query}`, c.env.config);
    if (queued === undefined) return noCredentials(job);
    const location = queued.headers.get("location");
    if (location === null || !URL.canParse(location, job))
      return answerError(c, 500, `Jenkins' answer is missing a \`location\` header. ${textOf(queued).slice(0, 2_000)}`);
    const item = `${withoutTrailingSlashes(new URL(location, job).href)}/api/json`;
    for (const end = Date.now() + WAIT_MS; Date.now() < end; await pause(POLL_MS)) {
      const answer = await askJenkins("GET", item, c.env.config);
      if (answer === undefined) return noCredentials(item);
      const found = readObject(textOf(answer));
      const web_url = buildUrl(found?.executable);
      if (found !== undefined && web_url !== undefined)
        return c.json({ ...found, status: "pending" as const, web_url }, 200);
    }
    return answerError(c, 504, "The build is still in Jenkins' queue.");
  },
});

function buildUrl(executable: unknown): string | undefined {
  const parsed = z.object({ url: z.string() }).safeParse(executable);
  return parsed.data?.url;
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
