import { z } from "@hono/zod-openapi";
import { withoutTrailingSlashes } from "../../../formats/trailing-slashes.ts";
import type { OutboundAnswer } from "../../../outside/outbound.ts";
import type { Config } from "../../config.ts";
import { ApiError, BODY_ERRORS, ERRORS, errorResponse } from "../http/errors.ts";
import { allowedFetch } from "./allowed-fetch.ts";

/** Pages of 50 jobs that are read of a pipeline. */
const MAX_PAGES = 20;

const id = z.union([z.int(), z.string()]);
const Commit = z.object({ last_pipeline: z.object({ id: z.int() }).nullish() });
const Jobs = z.array(z.looseObject({ id: z.int(), name: z.string() }));

/** A project of a GitLab, as the webapp sends it. */
export const GitlabProject = {
  gitlab_host: z.string().openapi({ description: "base URL of a GitLab that a token is set for" }),
  project_id: id.openapi({ description: "path or number of the project" }),
};
/** What both routes of jobs answer. */
export const GITLAB_RESPONSES = {
  200: { description: "GitLab's answer, with its status", content: { "text/html": { schema: z.string() } } },
  ...ERRORS,
  ...BODY_ERRORS,
  403: errorResponse("no token is set for that GitLab"),
  404: errorResponse("no such commit, pipeline or job"),
  502: errorResponse("GitLab does not answer"),
} as const;

type Project = { gitlab_host: string; project_id: string | number };
type Asks = (method: "GET" | "POST", path: string) => Promise<OutboundAnswer>;

/** Requests about one project, with the token of its GitLab; throws ApiError when none is set for it. */
export function gitlabProject({ gitlab_host, project_id }: Project, config: Config): Asks {
  const base = withoutTrailingSlashes(gitlab_host);
  const host = URL.canParse(base) ? new URL(base).host : "";
  const token = Object.hasOwn(config.QABOARD_GITLAB_TOKENS, host) ? config.QABOARD_GITLAB_TOKENS[host] : undefined;
  if (token === undefined) throw new ApiError(403, `No token is set for the GitLab ${gitlab_host}.`);
  const project = `${base}/api/v4/projects/${encodeURIComponent(project_id)}`;
  return (method, path) =>
    allowedFetch({ url: `${project}${path}`, method, headers: new Headers({ "private-token": token }) }, config);
}

/** Ids of the jobs of that name in the last pipeline of a commit, in GitLab's order. Throws ApiError 404 for none. */
export async function findJobs(asks: Asks, commit: string, name: string): Promise<number[]> {
  const found = await asks("GET", `/repository/commits/${encodeURIComponent(commit)}`);
  if (found.status !== 200) throw new ApiError(404, `GitLab does not know the commit ${commit}.`);
  const pipeline = parse(Commit, found).last_pipeline?.id;
  if (pipeline === undefined) throw new ApiError(404, `The commit ${commit} has no pipeline.`);
  const ids: number[] = [];
  for (let page = 1, pages = 1; page <= Math.min(pages, MAX_PAGES); page += 1) {
    const query = page === 1 ? "?per_page=50" : `?per_page=50&page=${page}`;
    const answer = await asks("GET", `/pipelines/${pipeline}/jobs${query}`);
    if (answer.status !== 200) throw new ApiError(404, `GitLab has no jobs of the pipeline ${pipeline}.`);
    pages = Number(answer.headers.get("x-total-pages") ?? 1);
    for (const job of parse(Jobs, answer)) if (job.name === name) ids.push(job.id);
  }
  if (ids.length === 0) throw new ApiError(404, `There is no job named ${name} in the pipeline ${pipeline}.`);
  return ids;
}

function parse<T>(schema: z.ZodType<T>, { body }: OutboundAnswer): T {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(body)));
  } catch {
    throw new ApiError(502, "GitLab answered in an unknown shape.");
  }
}
