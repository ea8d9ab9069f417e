import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "../../../dev/stack.ts";
import { replayed } from "../replayed.ts";
import type { Tally } from "../tally.ts";
import { expectedCase } from "./expected.ts";

const OWN_SEED = join(import.meta.dirname, "..", "recordings", "qaboard", "seed");
const LOAD_SEED = `node ${join(import.meta.dirname, "load-seed.ts")}`;

export type QaboardRecordings = {
  /** Folder of all recordings; seeds are the project's own where it has none. */
  recordings: string;
  filter: string;
  /** Port of 127.0.0.1 where the stand-in for GitLab, Jenkins and webhook targets answers. */
  stubPort: number;
};

/** A seed file of the recordings, or the project's own where they have none. */
export function qaboardSeed(recordings: string, file: string): string {
  const own = join(OWN_SEED, file);
  const given = join(recordings, "qaboard", "seed", file);
  return existsSync(given) ? given : own;
}

/**
 * Replays the recorded cases twice: what a first run leaves in the database must not disturb a second. `deviations.json` has
 * what takes the place of recorded results.
 */
export async function replayQaboard(
  stack: Stack,
  { recordings, filter, stubPort }: QaboardRecordings,
  tally: Tally,
): Promise<void> {
  const folder = join(recordings, "qaboard", "cases");
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const cases = names.filter((name) => name.endsWith(".json") && name.includes(filter)).sort();
  if (cases.length === 0) return;
  const seedOfRecordings = join(recordings, "qaboard", "seed");
  const seed = existsSync(seedOfRecordings) ? seedOfRecordings : OWN_SEED;
  const stub = `${stubPort}=${join(seed, "stub-routes.json")}`;
  const options = ["--seed", seed, "--seed-cmd", LOAD_SEED, "--stub", stub];
  const expected = mkdtempSync(join(tmpdir(), "runledger-expected-"));
  try {
    const files = cases.map((name) => expectedCase(join(folder, name), expected));
    for (const run of ["first", "second"])
      for (const { name, wrong } of await replayed(`${stack.edgeUrl}/qaboard`, files, options, {
        BUCKET_URL: stack.bucketUrl,
      }))
        tally.count(`qaboard cases, ${run} run: ${name}`, wrong);
  } finally {
    rmSync(expected, { recursive: true, force: true });
  }
}
