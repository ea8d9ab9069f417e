import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Stack } from "../../../dev/stack.ts";
import { replayed } from "../replayed.ts";
import type { Tally } from "../tally.ts";

const TOKEN = `node ${join(import.meta.dirname, "..", "..", "..", "cli", "runledger.mjs")} eosc-perf token`;

/** Replays the recorded cases twice: what a first run leaves in the database must not disturb a second. */
export async function replayEoscPerf(
  stack: Stack,
  dataDir: string,
  recordings: string,
  filter: string,
  tally: Tally,
): Promise<void> {
  const folder = join(recordings, "eosc-perf");
  const cases = readdirSync(join(folder, "cases")).filter((file) => file.includes(filter));
  if (cases.length === 0) return;
  const files = cases.sort().map((file) => join(folder, "cases", file));
  const options = ["--prelude", join(folder, "prelude.json"), "--token-cmd", TOKEN];
  const env = { RUNLEDGER_DATA: dataDir, RUNLEDGER_ISSUER_PORT: new URL(stack.issuerUrl ?? "").port };
  for (const run of ["first", "second"])
    for (const { name, wrong } of await replayed(`${stack.edgeUrl}/eosc-perf`, files, options, env))
      tally.count(`eosc-perf cases, ${run} run: ${name}`, wrong);
}
