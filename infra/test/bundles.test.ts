import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { test } from "node:test";
import * as z from "zod";
import { codeFolder, onlyResource, type Resource } from "./synthesised.ts";

/** What Lambda itself sets, and values for what the template sets; nothing listens at these addresses. */
const RUNTIME = { AWS_REGION: "eu-central-1", AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "key" };
const VALUES: Record<string, string> = {
  DATABASE_URL: "postgresql://user:word@127.0.0.1:1/runledger",
  QUEUE_URL: "http://127.0.0.1:1/000000000000/deliveries",
  OBJECTS_URL: "http://127.0.0.1:1/bodies",
  GITHUB_REPOSITORIES: "",
  EOSC_PERF_MAIL_SERVER: "127.0.0.1",
  EOSC_PERF_MAIL_PORT: "1",
  EOSC_PERF_MAIL_TLS: "starttls",
  EOSC_PERF_MAIL_FROM: "perf@example.org",
  EOSC_PERF_MAIL_SUPPORT: "",
  EOSC_PERF_MAIL_USER: "",
  EOSC_PERF_MAIL_PASSWORD: "",
  GITHUB_TOKEN: "",
  GITHUB_APP_ID: "",
  GITHUB_APP_PRIVATE_KEY: "",
  GITHUB_HOOKS: "",
  GITHUB_API_URL: "http://127.0.0.1:1",
  KERNELCI_LOG_EXCERPT_URL: "",
  KERNELCI_LOG_EXCERPT_THRESHOLD: "256",
  KERNELCI_MAX_VALUES: "10000000",
  KERNELCI_MAX_OBJECT_VALUES: "100000",
  KERNELCI_MAX_OBJECT_BYTES: "1048576",
  KERNELCI_MAX_LOG_EXCERPTS: "20000",
  KERNELCI_MAIL_SERVER: "127.0.0.1",
  KERNELCI_MAIL_PORT: "1",
  KERNELCI_MAIL_TLS: "starttls",
  KERNELCI_MAIL_USER: "",
  KERNELCI_MAIL_PASSWORD: "",
  KERNELCI_MAIL_FROM: "KernelCI bot <bot@example.org>",
  KERNELCI_MAIL_RESULTS: "results@example.org",
  KERNELCI_MAIL_REPLY_TO: "list@example.org",
  KERNELCI_MAIL_REGRESSIONS: "regressions@example.org",
  KERNELCI_DASHBOARD_URL: "https://dashboard.example.org",
  KERNELCI_HEALTHCHECK_URL: "http://127.0.0.1:1",
  KERNELCI_HEALTHCHECK_IDS: "{}",
  KERNELCI_DISCORD_WEBHOOK_URL: "",
  QABOARD_FILES_URL: "",
  QABOARD_GIT_URL: "",
  QABOARD_GIT_KIND: "gitlab",
  QABOARD_GIT_TOKEN: "",
  QABOARD_RUNNER_WEBHOOK_URL: "",
  QABOARD_RUNNER_WEBHOOK_SECRET: "",
  QABOARD_RUNNER_GITLAB: "",
  QABOARD_RUNNER_JENKINS: "",
  QABOARD_STORAGE: "",
  QABOARD_STORAGE_USER: "qaboard",
  READ_MEMORY_MB: "1300",
  NODE_OPTIONS: "--enable-source-maps",
};
const RECORD = { messageId: "one", receiptHandle: "handle", body: "no envelope", attributes: { SentTimestamp: "0" } };

const Environment = z.object({ Variables: z.record(z.string(), z.unknown()) });

/** Invokes a bundle as Lambda does, console prefix included; returns what it wrote and, on a line of its own, its answer. */
function invoke(handler: Resource, settings: Record<string, string>) {
  const script = `
    console.log = (...args) => process.stdout.write("2026-01-01T00:00:00.000Z\\tid\\tINFO\\t" + args.join(" ") + "\\n");
    require(process.argv[1] + "/index.js").handler({ Records: [${JSON.stringify(RECORD)}] }, { getRemainingTimeInMillis: () => 60_000 }).then(
      (answer) => process.stdout.write(JSON.stringify({ answer }) + "\\n"),
      (error) => process.stdout.write(JSON.stringify({ error: error.message }) + "\\n"),
    );`;
  const env = { ...settings, PATH: process.env.PATH ?? "" };
  const ran = spawnSync(process.execPath, ["-e", script, codeFolder(handler)], {
    env,
    encoding: "utf8",
    timeout: 60_000,
  });
  const written = ran.stdout.trim().split("\n");
  return { lines: written.slice(0, -1), result: JSON.parse(written.at(-1) || JSON.stringify(ran.stderr)) };
}

function settingsOf(handler: Resource): Record<string, string> {
  const named = Object.keys(Environment.parse(handler.properties.Environment).Variables).map((name) => {
    const value = VALUES[name];
    assert.ok(value !== undefined, `the template sets ${name}, which this test knows no value for`);
    return [name, value];
  });
  return { ...Object.fromEntries(named), ...RUNTIME };
}

for (const [idPrefix, event] of [
  ["ConsumerFunction", "unopened"],
  ["DeadLetterConsumerFunction", "dead letter kept"],
] as const) {
  const handler = onlyResource("AWS::Lambda::Function", idPrefix);

  test(`${idPrefix}: the bundle runs with the template's settings and keeps a message it cannot record`, () => {
    const { lines, result } = invoke(handler, settingsOf(handler));
    assert.deepEqual(result, { answer: { batchItemFailures: [{ itemIdentifier: "one" }] } });
    // A log filter reads the line as JSON, so nothing may stand before it.
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).event),
      [event],
    );
  });

  test(`${idPrefix}: without a setting it says which one`, () => {
    const { DATABASE_URL: _, ...rest } = settingsOf(handler);
    assert.match(invoke(handler, rest).result.error, /^DATABASE_URL: /);
  });
}
