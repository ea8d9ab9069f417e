import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { sha256Hex } from "../../dev/secrets.ts";
import { startStack } from "../../dev/stack.ts";
import { installClient, runProgram } from "../support/python-client.ts";
import { makeProject } from "./project.ts";

/*
 * Runs the released `qa` against the embedded stack, on a project of its own (docs/sources/qaboard.md). Reading and writing
 * are restricted, and the client shows its token by ~/.netrc.
 */

/** `qa optimize` needs the releases of its libraries that were current with it. */
const CLIENT = {
  setting: "QA",
  requirements: ["qaboard==1.1.1", "scikit-optimize==0.9.0", "scikit-learn==1.2.2", "scipy==1.10.1", "numpy==1.23.5"],
  command: "qa",
};

const Output = z.looseObject({
  is_pending: z.boolean(),
  is_failed: z.boolean().nullable(),
  metrics: z.looseObject({}),
});
const Batch = z.looseObject({
  valid_outputs: z.int(),
  pending_outputs: z.int(),
  data: z.looseObject({ best_iter: z.int().optional() }),
  outputs: z.record(z.string(), Output),
});
const Commit = z.looseObject({ message: z.string(), batches: z.record(z.string(), Batch) });

const { values } = parseArgs({ options: { mode: { type: "string", default: "worker" } } });
const mode = z.enum(["worker", "node"]).parse(values.mode);
const folder = mkdtempSync(join(tmpdir(), "runledger-qaboard-"));
const program = await installClient(CLIENT, folder);
const token = randomUUID();
const stack = await startStack({
  mode,
  dataDir: join(folder, "stack"),
  durable: false,
  consumer: "in-process",
  env: { QABOARD_READ_TOKEN_SHA256: sha256Hex(token), QABOARD_WRITE_TOKEN_SHA256: sha256Hex(token) },
});
const project = makeProject(folder);
const host = `${new URL(stack.edgeUrl).host}/qaboard`;
const env = {
  ...process.env,
  // Programs that the client starts call it by its name.
  PATH: `${dirname(program)}:${process.env.PATH}`,
  HOME: folder,
  CI: "true",
  QABOARD_HOST: host,
  QABOARD_PROTOCOL: "http",
};
/** What the client prints when the server refuses it. */
const REFUSED = "Failed to update QA-Board";
let failed = 0;
try {
  const first = project.commit("First");
  const { output } = await runProgram(program, ["run", "--input", "images/a.txt"], { cwd: project.folder, env });
  if (!output.includes(REFUSED)) wrong("without a token, results were taken");
  writeFileSync(join(folder, ".netrc"), `machine 127.0.0.1 login qa password ${token}\n`, { mode: 0o600 });
  await qa("run", "--input", "images/a.txt");
  await holds(first, "default", { valid: 1, metrics: { loss: 1.5, frames: 12 } });
  await qa("--label", "tuned", "--tuning", '{"gain": 2}', "run", "--input", "images/b.txt");
  await holds(first, "tuned", { valid: 1, metrics: { loss: 3 } });
  await qa("batch", "nightly");
  await qa("batch", "--action-on-existing=skip", "nightly");
  await qa("sync", "--input", "images/a.txt");
  await holds(first, "default", { valid: 3, metrics: { frames: 12 } });
  await qa("save-artifacts");
  await qa("wait", "--output-id", "1");
  const second = project.commit("Second");
  await qa("batch", "nightly");
  await qa("check-bit-accuracy", "--reference", first, "--batch", "nightly");
  const checkpoint = join(folder, "checkpoint.pkl");
  const search = ["--config-file", "search.yaml", "--checkpoint", checkpoint];
  await qa("--label", "search", "optimize", "--batch", "nightly", ...search);
  await holds(second, "search", { isOptimised: true });
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(failed === 0 ? "qa: all commands did what they should" : `qa: ${failed} things went wrong`);
process.exit(failed === 0 ? 0 : 1);

/** Runs a command, prints it with the end of its output, and counts it when it fails or could not tell the server. */
async function qa(...args: string[]): Promise<void> {
  const { code, output } = await runProgram(program, args, { cwd: project.folder, env });
  const lines = output.trimEnd().split("\n");
  console.log(
    `$ qa ${args.join(" ").replaceAll(folder, "…")}\n${lines.slice(-6).join("\n").replaceAll(folder, "…")}\n`,
  );
  if (code !== 0) wrong(`it ended with ${code}`);
  if (output.includes(REFUSED)) wrong("the server did not take what it sent");
}

type Expected = { valid?: number; metrics?: object; isOptimised?: boolean };

/** Reads a batch back as the webapp does, and compares it. */
async function holds(commit: string, label: string, { valid, metrics = {}, isOptimised = false }: Expected) {
  const response = await fetch(`http://${host}/api/v1/commit/${commit}?project=${project.name}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const batch = Commit.parse(await response.json()).batches[label];
  if (batch === undefined) return wrong(`there is no batch ${label}`);
  const outputs = Object.values(batch.outputs);
  if (batch.pending_outputs > 0) wrong(`outputs of ${label} are pending`);
  if (valid !== undefined && batch.valid_outputs !== valid) wrong(`${label} has ${batch.valid_outputs} valid outputs`);
  const fits = (output: z.infer<typeof Output>) =>
    Object.entries(metrics).every(([name, value]) => output.metrics[name] === value);
  if (!outputs.some(fits)) wrong(`no output of ${label} has the metrics ${JSON.stringify(metrics)}`);
  if (isOptimised && batch.data.best_iter === undefined) wrong(`${label} has no best iteration`);
}

function wrong(what: string): void {
  console.log(`WRONG: ${what}\n`);
  failed += 1;
}
