import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Pool } from "pg";
import * as z from "zod";
import { startStack } from "../../dev/stack.ts";
import { loadSeed } from "../conformance/kernelci/seed.ts";
import { SUBMIT_SECRET, token } from "../conformance/kernelci/submitter.ts";
import { BY_OPTIONS, type Command, READS } from "./commands.ts";
import { kciDevProgram, run } from "./program.ts";
import { submission } from "./submission.ts";

/* Runs the released kci-dev against the embedded stack with the recorded submissions in it (docs/sources/kernelci.md). */

const SEED = join(import.meta.dirname, "..", "conformance", "recordings", "kernelci", "seed");
const SETTLE_MS = 30_000;
const Status = z.looseObject({ status: z.string() });

const { values } = parseArgs({ options: { mode: { type: "string", default: "worker" } } });
const mode = z.enum(["worker", "node"]).parse(values.mode);
const folder = mkdtempSync(join(tmpdir(), "runledger-kci-dev-"));
const program = await kciDevProgram(folder);
const env = { KERNELCI_JWT_SECRET: SUBMIT_SECRET };
const stack = await startStack({ mode, dataDir: join(folder, "stack"), durable: false, consumer: "in-process", env });
const base = `${stack.edgeUrl}/kernelci`;
const settings = join(folder, "kci-dev.toml");
let failed = 0;
try {
  await seed();
  writeFileSync(settings, `default_instance = "own"\n[own]\ndashboard_api = "${base}/api/"\n`);
  for (const command of READS) await ask(command);
  await submit();
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed === 0 ? "kci-dev: all commands did what they should" : `kci-dev: ${failed} commands failed`);
process.exit(failed === 0 ? 0 : 1);

async function seed(): Promise<void> {
  const pool = new Pool({ connectionString: stack.databaseUrl, max: 1 });
  const wrong = await loadSeed(stack, pool, SEED);
  await pool.end();
  if (wrong.length > 0) throw new Error(wrong.join("\n"));
}

/** Runs a command, prints it with its output, and counts it when it did otherwise than it should. */
async function ask({ args, code = 0, shows, ignoresSettings = false }: Command): Promise<string> {
  const api = ignoresSettings ? `${base}/api/` : undefined;
  const ran = await run(program, ["--settings", settings, ...args], folder, api);
  const missing = shows.filter((part) =>
    typeof part === "string" ? !ran.output.includes(part) : !part.test(ran.output),
  );
  console.log(`$ kci-dev ${args.map(shown).join(" ")}\n${ran.output.trimEnd()}\n(ended with ${ran.code})`);
  if (ran.code !== code) console.log(`WRONG: it should have ended with ${code}`);
  for (const part of missing) console.log(`WRONG: it should have printed ${part}`);
  if (ran.code !== code || missing.length > 0) failed += 1;
  console.log();
  return ran.output;
}

/** Paths of this run and tokens are of no use to a reader. */
function shown(arg: string): string {
  if (arg.startsWith(folder)) return "submission.json";
  if (/^ey[\w-]+\.[\w-]+\.[\w-]+$/.test(arg)) return "<token>";
  return arg;
}

/** Submits as a lab does, from a file and by options, waits until it is settled, and reads back what was stored. */
async function submit(): Promise<void> {
  const file = join(folder, "submission.json");
  const sent = submission(new Date());
  writeFileSync(file, JSON.stringify(sent));
  const access = ["--kcidb-rest-url", `${base}/submit`, "--kcidb-token", await token()];
  const shows = ["Submitted successfully"];
  const fromFile = await ask({ args: ["submit", "build", "--from-json", file, ...access], shows });
  await settlesAs("processed", fromFile);
  for (const { id, config_name } of sent.builds)
    await ask({ args: ["results", "build", "--id", id], shows: [`config:${config_name}`, "status:PASS"] });
  // The client leaves out the start of the checkout here: it is the time of receipt.
  const byOptions = await ask({ args: ["submit", "build", ...BY_OPTIONS, ...access], shows });
  await settlesAs("processed", byOptions);
}

/** Waits until the submission that an output names is settled, and counts it when that is otherwise than it should be. */
async function settlesAs(expected: string, output: string): Promise<void> {
  const id = /'id': '([^']+)'/.exec(output)?.[1] ?? "";
  const headers = { authorization: `Bearer ${await token()}` };
  const deadline = Date.now() + SETTLE_MS;
  let status = "";
  while (!["processed", "failed"].includes(status) && Date.now() < deadline) {
    await sleep(50);
    ({ status } = Status.parse(await (await fetch(`${base}/status?id=${id}`, { headers })).json()));
  }
  console.log(`(submission ${id}: ${status})\n`);
  if (status === expected) return;
  console.log(`WRONG: it should have been ${expected}`);
  failed += 1;
}
