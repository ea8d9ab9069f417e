import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startEdge } from "../../dev/edge.ts";
import { childrenNamed } from "../../dev/processes.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const ECHO = join(import.meta.dirname, "workers", "echo.ts");

/** A Worker file of that text. */
function workerFile(text: string): string {
  const file = join(temporaryFolder(), "worker.ts");
  writeFileSync(file, text);
  return file;
}

test("the Worker gets its bindings over those of wrangler.toml, its lines are heard and its cron trigger fires", async () => {
  const lines: string[] = [];
  const listeners = process.listenerCount("SIGINT");
  const bindings = { AWS_REGION: "elsewhere", SECRET: "s" };
  const edge = await startEdge({ port: 0, entry: ECHO, bindings, onLog: (line) => lines.push(line) });
  onTestFinished(() => edge.stop());
  await edge.scheduled();
  await edge.scheduled();
  const answer = await (await fetch(`${edge.url}/some/path`)).json();
  expect(answer).toEqual({ path: "/some/path", env: expect.objectContaining(bindings), fired: 2 });
  await expect.poll(() => lines).toEqual(["echo /some/path"]);
  expect(process.listenerCount("SIGINT")).toBe(listeners);
  expect(edge.pids().length).toBeGreaterThan(0);
});

test("a stopped Worker leaves no process and starts again on its port", async () => {
  const first = await startEdge({ port: 0, entry: ECHO, bindings: {} });
  await first.stop();
  await expect.poll(() => childrenNamed(process.pid, "workerd")).toEqual([]);
  const second = await startEdge({ port: first.port, entry: ECHO, bindings: {} });
  onTestFinished(() => second.stop());
  expect(second.url).toBe(first.url);
  expect((await fetch(second.url)).status).toBe(200);
});

test("a runtime that is killed comes back by itself", async () => {
  const edge = await startEdge({ port: 0, entry: ECHO, bindings: {} });
  onTestFinished(() => edge.stop());
  const [pid] = edge.pids();
  if (pid === undefined) throw new Error("no runtime");
  process.kill(pid, "SIGKILL");
  const ask = async () =>
    (await fetch(edge.url, { signal: AbortSignal.timeout(1_000) }).catch(() => undefined))?.status;
  await expect.poll(ask, { timeout: 15_000 }).toBe(200);
  expect(edge.pids()).not.toContain(pid);
});

test.each([
  ["does not compile", "export default { fetch( {", /Build failed/],
  [
    "throws while it starts",
    'throw new Error("boom"); export default { fetch: () => new Response() };',
    /failed to start/,
  ],
])("a Worker that %s is an error that says so, and no process stays", async (_, text, reason) => {
  const failure: unknown = await startEdge({ port: 0, entry: workerFile(text), bindings: {} }).catch((error) => error);
  if (!(failure instanceof Error)) throw new Error("it started");
  expect(failure.message).toBe("the Worker did not start");
  const causes = JSON.stringify([String(failure.cause), String(failure.cause instanceof Error && failure.cause.cause)]);
  expect(causes).toMatch(reason);
  await expect.poll(() => childrenNamed(process.pid, "workerd")).toEqual([]);
});
