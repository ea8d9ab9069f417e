import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { temporaryFolder } from "../support/temporary-folder.ts";

const COMMAND = join(import.meta.dirname, "..", "..", "cli", "runledger.mjs");

function run(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], {
    env: { PATH: process.env.PATH, ...env },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("the help names every noun, and a noun's help its verbs", () => {
  expect(run(["--help"])).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/database[\s\S]*github[\s\S]*kernelci/),
  });
  expect(run(["kernelci", "--help"]).stdout).toMatch(/copy[\s\S]*prune[\s\S]*rebuild[\s\S]*seed[\s\S]*tree-names/);
});

test.each([[["kernelci", "prun"]], [["carrots"]], [["database", "migrate", "--what"]]])(
  "%j cannot be carried out: status 2",
  (args) => {
    expect(run(args)).toMatchObject({ status: 2, stderr: expect.stringContaining("unknown") });
  },
);

test("with --json the only output is one object", () => {
  const { status, stdout } = run(["database", "migrate", "--json"], { DATABASE_URL: inject("stack").databaseUrl });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({ host: new URL(inject("stack").databaseUrl).host, missing: [] });
});

test("settings may come from a file, and the environment counts before it", () => {
  const file = join(temporaryFolder(), "settings.env");
  const { databaseUrl } = inject("stack");
  writeFileSync(file, "DATABASE_URL=postgres://nobody@127.0.0.1:9/none\n");
  const migrate = ["database", "migrate", "--env-file", file];
  expect(run(migrate)).toMatchObject({ status: 1, stderr: expect.stringContaining("ECONNREFUSED") });
  expect(run(migrate, { DATABASE_URL: databaseUrl }).status).toBe(0);
  const missing = run(["database", "migrate", "--env-file", `${file}.gone`], { DATABASE_URL: databaseUrl });
  expect(missing.status).not.toBe(0);
  expect(missing.stderr).toContain(`${file}.gone`);
});
