import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";
import { lintTemplates } from "./cfn-lint.ts";

/*
 * What `npm run infra` does after installing: types, tests, a template as it would be deployed, and a lint of it.
 * Needs no account and no network, but for pip, which brings the linter.
 */

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const OUT = "dist/cdk.out";
const TEMPLATE = `${OUT}/Runledger.template.json`;

const total = { passed: 0, failed: 0 };

/** Adds a step's outcome and says it in one line. */
function note(step: string, passed: number, failed: number, words: string): void {
  total.passed += passed;
  total.failed += failed;
  console.log(`${failed === 0 ? "ok  " : "FAIL"} ${step.padEnd(8)} ${words}`);
}

/** Runs a command quietly; what it wrote is only shown when it fails. */
function run(command: string, args: readonly string[]): { ok: boolean; output: string } {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8", stdio: "pipe" });
  const ok = status === 0;
  if (!ok) console.error(`${stdout ?? ""}${stderr ?? ""}${error?.message ?? ""}`.trim());
  return { ok, output: stdout ?? "" };
}

function checkTypes(): void {
  const { ok } = run("tsc", ["--project", "tsconfig.json"]);
  note("types", Number(ok), Number(!ok), "tsc --project infra");
}

function checkTests(): void {
  const { ok, output } = run("node", ["--test", "--test-isolation=none", "--test-reporter=tap", "test/*.test.ts"]);
  const lines = output.split("\n");
  const count = (what: string) => Number(lines.find((line) => line.startsWith(`# ${what} `))?.split(" ")[2] ?? 0);
  const passed = count("pass");
  const failed = ok && passed > 0 ? 0 : Math.max(1, count("tests") - passed);
  note("tests", passed, failed, `${passed} of ${passed + failed} passed`);
}

const Template = z.object({
  Resources: z.record(z.string(), z.object({ Type: z.string() })),
  Parameters: z.record(z.string(), z.unknown()),
});

function checkSynthesis(): boolean {
  rmSync(OUT, { recursive: true, force: true });
  const { ok } = run("node", ["app.ts"]);
  if (!ok) {
    note("synth", 0, 1, "no template");
    return false;
  }
  const { Resources, Parameters } = Template.parse(JSON.parse(readFileSync(TEMPLATE, "utf8")));
  const kinds = new Map<string, number>();
  for (const { Type } of Object.values(Resources)) kinds.set(Type, (kinds.get(Type) ?? 0) + 1);
  note("synth", 1, 0, `infra/${TEMPLATE}: ${Object.keys(Resources).length} resources, both functions bundled`);
  for (const [kind, count] of [...kinds].sort()) console.log(`       ${String(count).padStart(2)} ${kind}`);
  const own = Object.keys(Parameters).filter((name) => name !== "BootstrapVersion");
  console.log(`       parameters: ${own.join(", ")}`);
  return true;
}

function checkLint(): void {
  const lint = lintTemplates([TEMPLATE], "dist");
  if (!lint.ran) {
    console.log(`--   cfn-lint is not at hand, so the template was not linted: ${lint.reason}`);
    return;
  }
  if (lint.findings !== "") console.log(lint.findings);
  note("lint", Number(lint.clean), Number(!lint.clean), "cfn-lint, every rule but W3005");
}

checkTypes();
checkTests();
if (checkSynthesis()) checkLint();
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
