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

/** Sends recorded cases to a server by `replay.mjs`, and returns what was wrong with each. */
export async function replayed(base: string, files: readonly string[]): Promise<z.infer<typeof Report>["results"]> {
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
