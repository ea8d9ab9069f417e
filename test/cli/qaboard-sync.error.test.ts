import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const run = async (...args: string[]) =>
  await promisify(execFile)("node", ["cli/runledger.mjs", "qaboard", "sync", ...args]).catch((error: object) => error);

test.each([
  ["a server that is no URL", ["--server", "here"], "--server must be a URL"],
  ["a path that leads up", ["--as", "/mnt/../etc"], "--as must be an absolute path"],
  ["a parallelism of none", ["--parallel", "0"], "--parallel must be a whole number from 1 on"],
])("%s is a misuse", async (_, options, message) => {
  expect(await run(tmpdir(), "--once", ...options)).toMatchObject({
    code: 2,
    stderr: expect.stringContaining(message),
  });
});
