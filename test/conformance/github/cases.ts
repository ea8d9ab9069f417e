import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Pool } from "pg";
import * as z from "zod";
import type { GithubRest } from "../../../dev/github-rest.ts";
import type { Stack } from "../../../dev/stack.ts";
import type { Tally } from "../tally.ts";
import { scrapeServed, unlikeSeed } from "./seed.ts";

const RUNNER = join(import.meta.dirname, "..", "replay.mjs");
const Report = z.object({
  results: z.array(z.object({ name: z.string(), passed: z.boolean(), wrong: z.array(z.string()) })),
});

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

async function replayed(base: string, files: readonly string[]): Promise<z.infer<typeof Report>["results"]> {
  const folder = mkdtempSync(join(tmpdir(), "runledger-replay-"));
  const report = join(folder, "report.json");
  try {
    const ended = promisify(execFile)("node", [RUNNER, "--base", base, "--quiet", "--report", report, ...files]);
    await ended.catch((error: { code?: unknown }) => {
      if (error.code !== 1) throw error;
    });
    return Report.parse(JSON.parse(readFileSync(report, "utf8"))).results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
