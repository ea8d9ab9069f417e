import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { RepoAddress } from "../../../../db/queries/github/addressed-repo.ts";
import type { WorkflowRef } from "../../../../db/queries/github/run-filters.ts";
import { type GithubId, parseGithubId } from "../../../../db/schema/github-id.ts";
import type { Env } from "../../env.ts";
import { githubError } from "./errors.ts";

const MAX_PAGE = 1_000_000_000;
const MAX_INTEGER = 2_147_483_647;

/** A free text as a database can hold it. */
export const Text = z.string().refine((text) => !text.includes("\0"), "contains NUL");

/** `?page` and `?per_page`; what is no number from 1 up is as if it had not been sent, as GitHub does. */
export const PageQuery = z.object({
  per_page: z
    .string()
    .optional()
    .transform((text) => Math.min(countOf(text) ?? 30, 100))
    .openapi({ type: "integer", description: "results in a page, at most 100 (default 30)", example: 100 }),
  page: z
    .string()
    .optional()
    .transform((text) => Math.min(countOf(text) ?? 1, MAX_PAGE))
    .openapi({ type: "integer", description: "number of the page, from 1", example: 1 }),
});

/** A yes or no in a query string. */
export const Flag = z
  .enum(["true", "false", "1", "0"])
  .transform((text) => text === "true" || text === "1")
  .openapi({ type: "boolean" });

function countOf(text = ""): number | undefined {
  const count = /^\d+$/.test(text) ? Number(text) : 0;
  return count >= 1 ? count : undefined;
}

/** The path parameters that name a repository. */
export const RepoParams = z.object({
  owner: z.string().openapi({ description: "owner of the repository, in any case", example: "iree-org" }),
  repo: z.string().openapi({ description: "its name, in any case", example: "iree" }),
});

export const RunParams = RepoParams.extend({
  run_id: z.string().openapi({ description: "id of the run", example: "13401727532" }),
});

export const AttemptParams = RunParams.extend({
  attempt_number: z.string().openapi({ description: "number of the attempt, from 1", example: "1" }),
});

export const WorkflowParams = RepoParams.extend({
  workflow_id: z.string().openapi({ description: "id of the workflow, or name of its file", example: "ci.yml" }),
});

/** The repository a path names: `/repos/{owner}/{repo}` or `/repositories/{id}`. */
export function repoOf(c: Context<Env>): RepoAddress {
  const { repository_id, owner = "", repo = "" } = c.req.param();
  return repository_id === undefined ? { name: textOf(`${owner}/${repo}`) } : { id: idOf(repository_id) };
}

/** A name in a path; what no database can hold is the empty name, which nothing has. */
export function textOf(text = ""): string {
  return text.includes("\0") ? "" : text;
}

/** An id in a path; what can't be one is 0, which nothing has. */
export function idOf(text = ""): GithubId {
  return parseGithubId(text) ?? 0;
}

/** The number of an attempt in a path; what can't be one is 0, which nothing has. */
export function attemptOf(text = ""): number {
  const attempt = Number(idOf(text));
  return attempt <= MAX_INTEGER ? attempt : 0;
}

/** A workflow in a path, by id or file name. */
export function workflowRefOf(text = ""): WorkflowRef {
  return /^\d+$/.test(text) ? { id: idOf(text) } : { file: textOf(text) };
}

/** A query string that was understood, or the 422 that names each field that wasn't. */
export type QueryResult<T> = { ok: true; query: T } | { ok: false; answer: Response };

/** Checks a query string; an empty parameter is as if it had not been sent, of a repeated one the first counts. */
export function readQuery<T>(c: Context<Env>, schema: z.ZodType<T>, resource: string): QueryResult<T> {
  const given = Object.fromEntries(Object.entries(c.req.query()).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, query: parsed.data };
  const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? "")));
  const errors = [...fields].map((field) => ({ resource, field, code: "invalid" }) as const);
  return { ok: false, answer: githubError(c, 422, "Validation Failed", errors) };
}
