import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Pool } from "pg";
import * as z from "zod";
import type { Stack } from "../../../dev/stack.ts";
import { replayed } from "../replayed.ts";
import type { Tally } from "../tally.ts";
import { loadSeed } from "./seed.ts";

const Case = z.object({
  steps: z.array(
    z.object({
      request: z.object({ path: z.string() }),
      response: z.object({
        json: z
          .object({ paths: z.record(z.string(), z.unknown()) })
          .optional()
          .catch(undefined),
      }),
    }),
  ),
});

/** Addresses that are not served yet. */
const UNSERVED = /^\/(metrics|proxy|log-downloader)(\/|\?|$)/;

/** Replays the recorded read cases of what is served, against a store that holds the recorded seed. */
export async function replayCases(
  stack: Stack,
  pool: Pool,
  recordings: string,
  filter: string,
  tally: Tally,
): Promise<void> {
  const folder = join(recordings, "kernelci", "cases");
  const recorded = readdirSync(folder).filter((file) => file.includes(filter));
  const files = recorded.filter((file) => isServed(join(folder, file)));
  if (files.length < recorded.length)
    console.log(`kernelci cases: ${recorded.length - files.length} of ${recorded.length} left out: not served yet`);
  if (files.length === 0) return;
  const wrong = await loadSeed(stack, pool, join(recordings, "kernelci", "seed"));
  tally.count("kernelci seed", wrong);
  if (wrong.length > 0) return;
  const paths = files.sort().map((file) => join(folder, file));
  for (const result of await replayed(`${stack.edgeUrl}/kernelci/api`, paths))
    tally.count(`kernelci cases: ${result.name}`, result.wrong);
}

function isServed(file: string): boolean {
  const { steps } = Case.parse(JSON.parse(readFileSync(file, "utf8")));
  // The description of the interface lists what is not served among all addresses.
  const addresses = steps.flatMap(({ request, response }) => [
    request.path,
    ...Object.keys(response.json?.paths ?? {}).map((path) => path.replace(/^\/api/, "")),
  ]);
  return addresses.every((path) => !UNSERVED.test(path));
}
