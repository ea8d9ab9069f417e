import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Pool } from "pg";
import type { GithubRest } from "../../../dev/github-rest.ts";
import type { Stack } from "../../../dev/stack.ts";
import { replayed } from "../replayed.ts";
import type { Tally } from "../tally.ts";
import { scrapeServed, unlikeSeed } from "./seed.ts";

/** Scrapes the recorded repositories, and replays the recorded read cases against what that gives (contract section 12). */
export async function replayCases(
  stack: Stack,
  rest: GithubRest,
  { recordings, filter }: { recordings: string; filter: string },
  tally: Tally,
): Promise<void> {
  const cases = join(recordings, "github", "cases");
  const files = readdirSync(cases).filter((file) => file.includes(filter));
  if (files.length === 0) return;
  await scrapeServed(stack, rest);
  const pool = new Pool({ connectionString: stack.databaseUrl, max: 1 });
  try {
    tally.count("github scrape: the recorded rows", await unlikeSeed(pool, recordings));
  } finally {
    await pool.end();
  }
  const paths = files.sort().map((file) => join(cases, file));
  for (const { name, wrong } of await replayed(`${stack.edgeUrl}/github`, paths))
    tally.count(`github cases: ${name}`, wrong);
}
