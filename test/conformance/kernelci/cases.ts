import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "pg";
import type { Stack } from "../../../dev/stack.ts";
import { replayed } from "../replayed.ts";
import type { Tally } from "../tally.ts";
import { loadSeed } from "./seed.ts";

/** Replays the recorded read cases against a store that holds the recorded seed. */
export async function replayCases(
  stack: Stack,
  pool: Pool,
  recordings: string,
  filter: string,
  tally: Tally,
): Promise<void> {
  const folder = join(recordings, "kernelci", "cases");
  const files = readdirSync(folder).filter((file) => file.includes(filter));
  if (files.length === 0) return;
  const wrong = await loadSeed(stack, pool, join(recordings, "kernelci", "seed"));
  tally.count("kernelci seed", wrong);
  if (wrong.length > 0) return;
  const paths = files.sort().map((file) => join(folder, file));
  for (const result of await replayed(`${stack.edgeUrl}/kernelci/api`, paths))
    tally.count(`kernelci cases: ${result.name}`, result.wrong);
}
