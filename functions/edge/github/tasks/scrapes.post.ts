import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ScrapeMessage } from "../../../messages/github-scrape.ts";
import { newReceiptId } from "../../../messages/receipt-id.ts";
import { packTask } from "../../../messages/task-message.ts";
import type { Env } from "../../env.ts";
import { ADMIN_SCHEME } from "../../http/admin.ts";
import { readBody } from "../../http/read-body.ts";
import { errorResponse, githubError, INVALID, notFound } from "../http/errors.ts";
import { RepoParams } from "../http/parameters.ts";
import { answerOnceTaken } from "./begin-task.ts";
import { scrapeUrl } from "./scrape-url.ts";

const LIMIT_BYTES = 10_000;

const Since = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()])
  .transform((text) => new Date(text).toISOString());

const Wanted = z
  .strictObject({
    max_runs: z.int().min(1).max(2_147_483_647).nullish().openapi({ description: "newest first; null: all" }),
    since: Since.nullish().openapi({
      type: ["string", "null"],
      format: "date-time",
      description: "nothing older than this; null: all",
    }),
    jobs: z.boolean().default(true).openapi({ description: "whether the jobs of each run are read" }),
  })
  .openapi("ScrapeRequest");

const Begun = z
  .object({
    id: z.uuid(),
    state: z.literal("queued"),
    url: z.string().openapi({ description: "tells how far it is; signed: whoever has it may read it" }),
  })
  .openapi("ScrapeBegun");

/** Contract section 5. */
export const route = createRoute({
  method: "post",
  path: "/repos/{owner}/{repo}/scrapes",
  operationId: "beginGithubScrape",
  summary: "Copy a repository from GitHub",
  description:
    "Reads the repository, its branches, commits, workflows, runs and jobs over GitHub's REST API, with the consumer's own credentials. Webhooks may arrive meanwhile.",
  tags: ["GitHub scrape and recovery"],
  security: [{ [ADMIN_SCHEME]: [] }],
  request: { params: RepoParams, body: { required: false, content: { "application/json": { schema: Wanted } } } },
  responses: {
    202: {
      description: "queued; `Location` is the url",
      headers: z.object({ location: z.string() }),
      content: { "application/json": { schema: Begun } },
    },
    400: errorResponse("the body is no JSON"),
    401: errorResponse("no admin token"),
    404: errorResponse("no name of a repository"),
    ...INVALID,
    503: errorResponse("the queue does not take messages; try again after `Retry-After` seconds"),
  },
});

/** Queues a scrape. */
export async function handler(c: Context<Env>): Promise<Response> {
  const repo = `${c.req.param("owner")}/${c.req.param("repo")}`;
  if (!/^[\w.-]{1,100}\/[\w.-]{1,200}$/.test(repo)) return notFound(c);
  const read = await readWanted(c.req.raw);
  if (read === undefined) return githubError(c, 400, "Problems parsing JSON");
  const wanted = Wanted.safeParse(read.value);
  if (!wanted.success) {
    const fields = new Set(wanted.error.issues.flatMap(({ path, ...issue }) => ("keys" in issue ? issue.keys : path)));
    const errors = [...fields].map((field) => ({ resource: "Scrape", field: String(field), code: "invalid" }) as const);
    return githubError(c, 422, "Validation Failed", errors);
  }
  const { max_runs = null, since = null, jobs } = wanted.data;
  const id = newReceiptId();
  const body: ScrapeMessage = { v: 1, repo, max_runs, since, jobs, turn: 0 };
  const task = { id, source: "github", kind: "scrape", trace: c.get("requestId"), body };
  c.set("logFields", { ...c.get("logFields"), receiptId: id, repo });
  return await answerOnceTaken(
    c,
    async () => await c.env.queue.send(await packTask(task, c.env.objects)),
    () => {
      const url = scrapeUrl(c, id);
      c.header("Location", url);
      return c.json({ id, state: "queued", url }, 202);
    },
  );
}

/** The JSON of a body, `{}` for an empty one; undefined when it is none. */
async function readWanted(request: Request): Promise<{ value: unknown } | undefined> {
  const body = await readBody(request, LIMIT_BYTES);
  if (!body.ok) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(body.bytes);
    return { value: text.trim() === "" ? {} : JSON.parse(text) };
  } catch {
    return undefined;
  }
}
