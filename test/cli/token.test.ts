import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, inject, test } from "vitest";
import { call, fresh } from "../support/eosc-perf.ts";

const COMMAND = join(import.meta.dirname, "..", "..", "cli", "runledger.mjs");

/** Runs `npm run -s token` without npm, for the shared stack. */
async function run(...asked: string[]): Promise<string> {
  const { dataDir, issuerUrl } = inject("stack");
  const env = { ...process.env, RUNLEDGER_DATA: dataDir, RUNLEDGER_ISSUER_PORT: new URL(issuerUrl).port };
  return (
    await promisify(execFile)(process.execPath, [COMMAND, "eosc-perf", "token", ...asked], { env })
  ).stdout.trim();
}

test("a token of each person opens, the admin's once registered to admins' routes", async () => {
  for (const person of ["user", "other", "submit", "admin"]) {
    const token = await run(person);
    expect([201, 409]).toContain((await call("POST", "/users:register", { token })).status);
    const tried = await call("GET", "/users/self:try_admin", { token });
    expect([person, tried.status]).toEqual([person, person === "admin" ? 204 : 403]);
  }
});

test("an identity is taken as JSON; without email there is none", async () => {
  const sub = fresh("json");
  const token = await run(JSON.stringify({ sub, email_verified: true }));
  expect((await call("POST", "/users:register", { token })).status).toBe(422);
  expect((await call("GET", "/users/self", { token: await run(JSON.stringify({ sub, ttl: -5 })) })).status).toBe(401);
});

test("who is not known, or not well described, is told in a sentence", async () => {
  for (const [asked, said] of [
    ["nobody", "Nobody is called nobody: user, other, admin, submit, or an identity as JSON."],
    ['{"email": "x@example.org"}', "sub: Invalid input"],
    ["{", "JSON"],
  ] as const)
    await expect(run(asked)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(said) });
});

test("the issuer's key is for its owner alone", () => {
  expect(statSync(join(inject("stack").dataDir, "issuer-key.pem")).mode & 0o777).toBe(0o600);
});
