import type { Context } from "hono";
import type { Addressed } from "../../../../db/queries/github/addressed-repo.ts";
import type { Listed, Page } from "../../../../db/queries/github/page.ts";
import type { GithubId } from "../../../../db/schema/github-id.ts";
import type { Env } from "../../env.ts";
import { sourceUrl } from "../../http/source-host.ts";
import { enterpriseBase } from "./enterprise-path.ts";
import { DOCUMENTATION_URL, JSON_TYPE, notFound } from "./errors.ts";
import { linkHeader } from "./links.ts";
import { withOwnUrls } from "./own-urls.ts";

/** Base of our GitHub-shaped API as the caller sees it, without a slash at its end. */
export function apiBase(c: Context<Env>): string {
  return enterpriseBase(sourceUrl(c.req.url, "github"), c.req.url);
}

/** A JSON text with our own API urls. */
export function jsonAnswer(c: Context<Env>, json: string): Response {
  const text = withOwnUrls(json, c.env.config.GITHUB_API_URLS, apiBase(c));
  return c.body(text, 200, { "content-type": JSON_TYPE });
}

/** A page of a list as it was asked for, with the `Link` header of the page that is shown. */
export function listAnswer(c: Context<Env>, json: string, asked: Page, { total, perPage }: Listed): Response {
  const link = linkHeader(c.req.url, asked, { total, perPage });
  if (link !== undefined) c.header("Link", link);
  return jsonAnswer(c, json);
}

/** `{"total_count": …, "<name>": […]}`, the way GitHub wraps lists of Actions. */
export function countedAnswer(c: Context<Env>, name: string, found: Listed & { items: string }, asked: Page): Response {
  return listAnswer(c, `{"total_count": ${found.total}, "${name}": ${found.items}}`, asked, found);
}

/**
 * What concerns the repository itself: 404 when nobody knows it, 301 to its id when it was asked for by a former name
 * (contract section 7). Anything else is the route's own answer.
 */
export function answerIn<T extends Addressed>(
  c: Context<Env>,
  found: T | undefined,
  answer: (found: T) => Response,
): Response {
  if (found === undefined) return notFound(c);
  return found.moved ? movedTo(c, found.repo_id) : answer(found);
}

function movedTo(c: Context<Env>, repoId: GithubId): Response {
  const base = apiBase(c);
  const { pathname, search } = new URL(c.req.url);
  const path = pathname.slice(new URL(`${base}/`).pathname.length - 1);
  const url = `${base}/repositories/${repoId}${path.replace(/^\/repos\/[^/]+\/[^/]+/, "")}${search}`;
  const body = JSON.stringify({ message: "Moved Permanently", url, documentation_url: DOCUMENTATION_URL });
  return c.body(body, 301, { "content-type": JSON_TYPE, location: url });
}
