import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "../../../dev/stack.ts";
import { replayed } from "../replayed.ts";
import type { Tally } from "../tally.ts";

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

/** Replays the recorded cases twice: what a first run leaves in the database must not disturb a second. */
export async function replayQaboard(
  stack: Stack,
  { recordings, filter, stubPort }: QaboardRecordings,
  tally: Tally,
): Promise<void> {
  const folder = join(recordings, "qaboard", "cases");
  if (!existsSync(folder)) return;
  const files = readdirSync(folder)
    .filter((file) => file.endsWith(".json") && file.includes(filter))
    .sort()
    .map((file) => join(folder, file));
  if (files.length === 0) return;
  const seedOfRecordings = join(recordings, "qaboard", "seed");
  const seed = existsSync(seedOfRecordings) ? seedOfRecordings : OWN_SEED;
  const stub = `${stubPort}=${join(seed, "stub-routes.json")}`;
  const options = ["--seed", seed, "--seed-cmd", LOAD_SEED, "--stub", stub];
  for (const run of ["first", "second"])
    for (const { name, wrong } of await replayed(`${stack.edgeUrl}/qaboard`, files, options, {
      BUCKET_URL: stack.bucketUrl,
    }))
      tally.count(`qaboard cases, ${run} run: ${name}`, wrong);
}
