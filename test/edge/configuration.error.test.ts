import { expect, inject, test } from "vitest";
import { startEdge } from "../../dev/edge.ts";
import { freePort } from "../../dev/ports.ts";
import { OWN } from "../support/own-edge.ts";

const { functionEnv } = inject("stack");
const GOOD: Record<string, string> = { ...functionEnv, RECEIPT_KEY: OWN.receiptKey };

/** The answer and the log of a Worker with these settings, one taken away or replaced. */
async function answerWith(change: Record<string, string | undefined>) {
  const bindings = Object.fromEntries(
    Object.entries({ ...GOOD, ...change }).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const log: string[] = [];
  const edge = await startEdge({ port: await freePort(), bindings, onLog: (line) => log.push(line) });
  try {
    const answer = await fetch(`${edge.url}/health`);
    const body = await answer.text();
    const cron = await edge.scheduled().then(
      () => "ran",
      () => "failed",
    );
    await expect.poll(() => log.length).toBeGreaterThan(0);
    return { status: answer.status, requestId: answer.headers.get("x-request-id"), body, log: log.join("\n"), cron };
  } finally {
    await edge.stop();
  }
}

test("with every setting right the Worker answers", async () => {
  expect(await answerWith({})).toMatchObject({ status: 200, cron: "ran" });
});

const WRONG: [string, Record<string, string | undefined>][] = [
  ["DATABASE_URL", { DATABASE_URL: undefined }],
  ["DATABASE_URL", { DATABASE_URL: "mysql://user:topsecret@host/db" }],
  ["QUEUE_URL", { QUEUE_URL: "topsecret queue" }],
  ["OBJECTS_URL", { OBJECTS_URL: undefined }],
  ["AWS_SECRET_ACCESS_KEY", { AWS_SECRET_ACCESS_KEY: "" }],
  ["RECEIPT_KEY", { RECEIPT_KEY: "topsecret" }],
  ["ADMIN_TOKEN_SHA256", { ADMIN_TOKEN_SHA256: "topsecret" }],
  ["METRICS_TOKEN_SHA256", { METRICS_TOKEN_SHA256: `${"0".repeat(64)} topsecret` }],
  ["GITHUB_UNSIGNED", { GITHUB_UNSIGNED: "topsecret" }],
];

test.each(WRONG)("a wrong %s is told by its name in the log, and to nobody else", async (name, change) => {
  const { status, requestId, body, log, cron } = await answerWith(change);
  expect([status, cron]).toEqual([500, "failed"]);
  expect(JSON.parse(body)).toEqual({
    code: "bad_configuration",
    message: "The service is not configured.",
    requestId,
    docs: "/docs/errors#bad_configuration",
  });
  expect(log).toContain(name);
  expect(log).toContain(requestId);
  expect(log).not.toContain("topsecret");
});

test("all that is wrong is told at once", async () => {
  const { log } = await answerWith({ DATABASE_URL: undefined, QUEUE_URL: undefined, RECEIPT_KEY: undefined });
  for (const name of ["DATABASE_URL", "QUEUE_URL", "RECEIPT_KEY"]) expect(log).toContain(name);
});
