import { afterAll, afterEach, beforeAll } from "vitest";
import type { TransactionalDatabase } from "../../db/client.ts";
import type { RecordedRepository } from "../../dev/github-rest/recorded.ts";
import { type GithubRest, type GithubRestOptions, startGithubRest } from "../../dev/github-rest.ts";
import { githubAccess } from "../../functions/ingest/github/rest/access.ts";
import type { Tools } from "../../functions/ingest/github/scrape/turn.ts";

export const IREE_LIKE = "iree-org/iree-like";
export const TURBINE_LIKE = "iree-org/turbine-like";

/** A stand-in for GitHub of the file's own; what a test changed about it is undone after the test, or by `anew`. */
export function githubRest(options: GithubRestOptions = {}): (() => GithubRest) & { anew(): Promise<void> } {
  let rest: GithubRest | undefined;
  const anew = async () => {
    await rest?.stop();
    rest = await startGithubRest(options);
  };
  beforeAll(anew);
  afterEach(anew);
  afterAll(() => rest?.stop());
  const current = () => {
    if (rest === undefined) throw new Error("the stand-in is started before the tests, not before that");
    return rest;
  };
  return Object.assign(current, { anew });
}

/** What a scrape in this process needs; waits are as short as they can be. */
export function toolsFor(rest: GithubRest, db: TransactionalDatabase, change: Partial<Tools["config"]> = {}): Tools {
  const config = {
    GITHUB_REPOSITORIES: new Set<string>(),
    RETRY_BASE_SECONDS: 0.1,
    GITHUB_SECONDARY_WAIT_SECONDS: 1,
    ...change,
  };
  const access = { GITHUB_API_URL: rest.url, GITHUB_TOKEN: "a-token" };
  return { db, config, github: githubAccess(access) };
}

/** Everything a scrape may be told; the whole unless something else is said. */
export const whole = (repo: string) => ({ repo, maxRuns: null, since: null, jobs: true });

/** What the stand-in serves of a repository; tests may change it. */
export function servedRepository(rest: GithubRest, name: string): RecordedRepository {
  const found = rest.repositories.find(({ repo }) => repo.full_name === name);
  if (found === undefined) throw new Error(`${name} is not served`);
  return found;
}
