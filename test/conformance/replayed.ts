import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";

const RUNNER = join(import.meta.dirname, "replay.mjs");
const Report = z.object({
  results: z.array(z.object({ name: z.string(), passed: z.boolean(), wrong: z.array(z.string()) })),
});

/** What became of each replayed case. */
export type Replayed = z.infer<typeof Report>["results"];

/** Replays case files against an API; `more` are further options of the runner, `env` what its commands see. */
export async function replayed(
  base: string,
  files: readonly string[],
  more: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<Replayed> {
  const folder = mkdtempSync(join(tmpdir(), "runledger-replay-"));
  const report = join(folder, "report.json");
  try {
    const options = ["--base", base, "--quiet", "--report", report, ...more];
    const ended = promisify(execFile)("node", [RUNNER, ...options, ...files], { env: { ...process.env, ...env } });
    await ended.catch((error: { code?: unknown }) => {
      if (error.code !== 1) throw error;
    });
    return Report.parse(JSON.parse(readFileSync(report, "utf8"))).results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
