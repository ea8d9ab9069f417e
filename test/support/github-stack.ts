import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pool } from "pg";
import { afterAll, beforeAll, expect, inject } from "vitest";
import * as z from "zod";
import { type GithubRest, type GithubRestOptions, startGithubRest } from "../../dev/github-rest.ts";
import { type Stack, startStack } from "../../dev/stack.ts";
import { bearer } from "./own-edge.ts";

/** The token the consumer asks GitHub with; it must turn up nowhere else. */
export const GITHUB_TOKEN = "ghp_aTokenThatMustNotBeSeenAnywhere";

const Begun = z.strictObject({ id: z.uuid(), state: z.literal("queued"), url: z.url() });
const Status = z.looseObject({ state: z.string(), requests: z.number(), last_error: z.string().nullable() });
/** A scrape as its url tells it. */
export type Status = z.infer<typeof Status>;

export type GithubStack = {
  stack: Stack;
  rest: GithubRest;
  pool: Pool;
  dataDir: string;
  /** Every line that any part has logged. */
  log: string[];
};

/** A stack of the file's own with a consumer process that asks a stand-in for GitHub, in the mode the tests run in. */
export function githubStack(
  options: { rest?: GithubRestOptions; env?: Record<string, string> } = {},
): () => GithubStack {
  let own: GithubStack | undefined;
  beforeAll(async () => {
    const rest = await startGithubRest({ token: GITHUB_TOKEN, ...options.rest });
    const dataDir = mkdtempSync(join(tmpdir(), "runledger-github-"));
    const log: string[] = [];
    const stack = await startStack({
      mode: inject("stack").mode,
      dataDir,
      durable: false,
      visibilityTimeoutSeconds: 2,
      maxReceiveCount: 50,
      env: {
        RETRY_BASE_SECONDS: "0.1",
        GITHUB_API_URL: rest.url,
        GITHUB_API_URLS: `https://api.github.com ${rest.url}`,
        GITHUB_TOKEN,
        ...options.env,
      },
      onLog: (_, line) => log.push(line),
    });
    own = { stack, rest, dataDir, log, pool: new Pool({ connectionString: stack.databaseUrl, max: 2 }) };
  });
  afterAll(async () => {
    await own?.pool.end();
    await own?.stack.stop();
    await own?.rest.stop();
    if (own !== undefined) rmSync(own.dataDir, { recursive: true, force: true });
  });
  return () => {
    if (own === undefined) throw new Error("the stack is started before the tests, not before that");
    return own;
  };
}

/** Asks for a scrape as an admin does, and returns the url that follows it. */
export async function beginScrape({ stack }: GithubStack, repo: string, body: object = {}): Promise<string> {
  const answer = await fetch(`${stack.edgeUrl}/github/repos/${repo}/scrapes`, {
    method: "POST",
    headers: bearer(stack.adminToken),
    body: JSON.stringify(body),
  });
  expect(answer.status).toBe(202);
  const { url } = Begun.parse(await answer.json());
  expect(answer.headers.get("location")).toBe(url);
  return url;
}

/** Looks at a scrape until it has ended; every state seen on the way is added to `states`. */
export async function ended(url: string, timeoutMs: number, states = new Set<string>()): Promise<Status> {
  let status: Status | undefined;
  const look = async () => {
    status = Status.parse(await (await fetch(url)).json());
    states.add(status.state);
    return status.state;
  };
  await expect.poll(look, { timeout: timeoutMs, interval: 50 }).toMatch(/^(done|failed)$/);
  if (status === undefined) throw new Error("nothing was seen");
  return status;
}
