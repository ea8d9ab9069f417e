import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { beforeAll, expect, inject } from "vitest";
import * as z from "zod";
import { pooledDatabase } from "../../db/client.ts";
import { startGithubRest } from "../../dev/github-rest.ts";
import { runScrape } from "../../functions/ingest/github/scrape/run-scrape.ts";
import { toolsFor, whole } from "./github-rest.ts";

const REST = join(import.meta.dirname, "..", "conformance", "recordings", "github", "rest");
const Sent = z.record(z.string(), z.unknown());
export type Sent = z.infer<typeof Sent>;

/** The larger of the two recorded repositories, as a path. */
export const IREE = "/repos/iree-org/iree-like";

/** Fills the shared store with the recorded repositories before a file's tests, by scraping them. */
export function seeded(): void {
  beforeAll(async () => {
    const { databaseUrl, functionEnv } = inject("stack");
    const { db, end } = pooledDatabase(databaseUrl, functionEnv.NEON_LOCAL_PROXY, 1);
    const rest = await startGithubRest({ addresses: "recorded" });
    for (const { repo } of rest.repositories)
      expect(await runScrape(whole(repo.full_name), toolsFor(rest, db))).toMatchObject({ state: "done" });
    await rest.stop();
    await end();
  });
}

/** Base of the GitHub-shaped API. */
export function githubBase(): string {
  return `${inject("stack").edgeUrl}/github`;
}

/** Reads a path of the GitHub-shaped API; redirects are left to the caller. */
export async function read(path: string, init: RequestInit = {}): Promise<Response> {
  return await fetch(`${githubBase()}${path}`, { redirect: "manual", ...init });
}

/** The JSON object that a path answers with. */
export async function readObject(path: string): Promise<Sent> {
  return Sent.parse(await (await read(path)).json());
}

/** A run list as far as tests look at it. */
export const RunList = z.object({ total_count: z.number(), workflow_runs: z.array(z.looseObject({ id: z.number() })) });

/** Every page of a list, by following `rel="next"`. */
export async function everyPage(path: string): Promise<unknown[]> {
  const pages: unknown[] = [];
  let url: string | undefined = githubBase() + path;
  while (url !== undefined) {
    const answer: Response = await fetch(url);
    pages.push(await answer.json());
    url = /<([^<>]+)>; rel="next"/.exec(answer.headers.get("link") ?? "")?.[1];
  }
  return pages;
}

/** Total and ids of the run list that a query string gives, whole. */
export async function runIds(query: Record<string, string>, path = `${IREE}/actions/runs`) {
  const ids: number[] = [];
  for (let page = 1; ; page += 1) {
    const params = new URLSearchParams({ ...query, per_page: "100", page: String(page) });
    const { total_count: total, workflow_runs: runs } = RunList.parse(await (await read(`${path}?${params}`)).json());
    ids.push(...runs.map(({ id }) => id));
    if (runs.length < 100) return { total, ids };
  }
}

/** A recorded REST answer of the larger repository. */
export function recorded(file: string): unknown {
  const bytes = readFileSync(join(REST, "iree-org", "iree-like", file));
  return JSON.parse((file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8"));
}

/** A recorded list. */
export function recordedList(file: string): Sent[] {
  return z.array(Sent).parse(recorded(file));
}

/** A recorded run as far as filters look at it. */
const Run = z.looseObject({
  id: z.number(),
  created_at: z.string(),
  head_branch: z.string().nullable(),
  head_sha: z.string(),
  event: z.string(),
  status: z.string(),
  conclusion: z.string().nullable(),
  workflow_id: z.number(),
  check_suite_id: z.number(),
  actor: z.looseObject({ login: z.string() }).nullable(),
});
export type RecordedRun = z.infer<typeof Run>;

/** The recorded runs of the larger repository, newest first. */
export function recordedRuns(): RecordedRun[] {
  return z.array(Run).parse(recorded("runs.json.gz"));
}

/** A value as our API must answer it: API urls under url keys with our base in place of GitHub's, all else the same. */
export function ours(value: unknown, key = ""): unknown {
  if (typeof value === "string") {
    const isUrl = key === "url" || key.endsWith("_url");
    return isUrl ? value.replace(/^https:\/\/api\.github\.com(?=\/)/, githubBase()) : value;
  }
  if (Array.isArray(value)) return value.map((item) => ours(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, ours(inner, name)]));
}
