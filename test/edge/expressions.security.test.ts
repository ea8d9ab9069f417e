import { expect, inject, test } from "vitest";
import { deliver, freshRepository, workflowRun } from "../support/github-delivery.ts";

const { edgeUrl } = inject("stack");

/** A signed webhook that is sent while other requests are in hand; how long its caller waits, in milliseconds. */
async function webhookBeside(attacks: readonly (() => Promise<Response>)[]): Promise<number> {
  const running = attacks.map((attack) => attack());
  const started = performance.now();
  expect((await deliver("workflow_run", workflowRun(freshRepository()))).status).toBe(200);
  const ms = performance.now() - started;
  await Promise.all(running.map(async (answer) => (await answer).arrayBuffer()));
  return ms;
}

const get = (path: string) => () => fetch(`${edgeUrl}${path}`);

test.each([
  ["a filter of 30,000 digits", get(`/eosc-perf/results?filters=${encodeURIComponent(`a == ${"1".repeat(30_000)}x`)}`)],
  ["a time of 30,000 digits", get(`/kernelci/api/test/status-history?endTimestampInSeconds=${"1".repeat(30_000)}x`)],
  ["a filter's name of 10,000 brackets", get(`/kernelci/api/tree/x/full?filter_${"_[".repeat(10_000)}=1`)],
  ["a pattern of 30,000 backslashes", get(`/kernelci/api/tree-report/?path=${"%5C".repeat(10_000)}x`)],
])("%s lets another caller's webhook through within a second", async (_, attack) => {
  expect(await webhookBeside([attack, attack, attack, attack])).toBeLessThan(1_000);
});
