import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import * as z from "zod";
import { npmStart } from "../support/npm-start.ts";
import { installClient } from "../support/python-client.ts";

/*
 * Holds the answers of a running stack with made-up data to the three OpenAPI documents, with schemathesis from PyPI: every check,
 * requests that fit a document and requests that do not. What is accepted stands in a file a document, with its reason in README.md.
 */

const CLIENT = { setting: "SCHEMATHESIS", requirements: ["schemathesis==4.32.5"], command: "schemathesis" };
const DOCUMENTS = {
  runledger: "/openapi.json",
  kernelci: "/kernelci/api/schema/?format=json",
  "eosc-perf": "/eosc-perf/api-spec.json",
} as const;

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    phases: { type: "string", default: "examples,coverage,fuzzing" },
    examples: { type: "string", default: "20" },
    seed: { type: "string", default: "1" },
    accept: { type: "boolean", default: false },
  },
});
const only = z.enum(["runledger", "kernelci", "eosc-perf"]).optional().parse(values.only);

const folder = mkdtempSync(join(tmpdir(), "runledger-api-fuzz-"));
const program = await installClient(CLIENT, folder);
const stack = await npmStart();
let failed = 0;
let passed = 0;
try {
  await stack.npmRun("demo");
  await stack.npmRun("kernelci:seed");
  await stack.npmRun("qaboard:seed");
  const [, adminToken = ""] =
    /^ADMIN_TOKEN=(.+)$/m.exec(readFileSync(join(stack.dataDir, "secrets.env"), "utf8")) ?? [];
  const env = { ...stack.env, USER_TOKEN: await stack.npmRun("token", "--", "user"), ADMIN_TOKEN: adminToken };
  for (const [name, path] of Object.entries(DOCUMENTS)) {
    if (only !== undefined && name !== only) continue;
    if (await holds(name, path, env)) passed += 1;
    else failed += 1;
  }
} finally {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

/** Runs schemathesis on one document; it prints its findings itself. */
async function holds(name: string, path: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const args = [
    ...["--config-file", join(import.meta.dirname, "schemathesis.toml"), "run"],
    ...[`http://127.0.0.1:${stack.edgePort}${path}`, "--checks", "all", "--continue-on-failure"],
    ...["--phases", values.phases, "--max-examples", values.examples, "--seed", values.seed],
    ...["--baseline", join(import.meta.dirname, `${name}.accepted.json`)],
    ...(values.accept ? ["--baseline-update"] : []),
  ];
  const child = spawn(program, args, { cwd: folder, env, stdio: ["ignore", "inherit", "inherit"] });
  const [code]: (number | null)[] = await once(child, "close");
  return code === 0;
}
