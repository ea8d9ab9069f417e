import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { Webhook } from "standardwebhooks";
import { afterAll, expect, inject, test } from "vitest";
import { readConfig } from "../../../functions/ingest/config.ts";
import { openRunner } from "../../../functions/ingest/qaboard/runners.ts";

const { functionEnv } = inject("stack");
const SECRET = `whsec_${Buffer.from("a secret of twenty-four b").toString("base64")}`;
const seen: { url: string; headers: IncomingMessage["headers"]; body: string }[] = [];
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  seen.push({ url: request.url ?? "", headers: request.headers, body: Buffer.concat(chunks).toString() });
  response.writeHead(201).end();
});
await once(server.listen(0, "127.0.0.1"), "listening");
const url = `http://127.0.0.1:${Object(server.address()).port}`;
afterAll(() => server.close());

const runnerOf = (env: Record<string, string>) => openRunner(readConfig({ ...functionEnv, ...env }));
const job = { id: "qaboard-job-7", json: '{"type":"qaboard.tuning"}' };

test("a webhook is signed as Standard Webhooks says", async () => {
  const runner = runnerOf({ QABOARD_RUNNER_WEBHOOK_URL: `${url}/hook`, QABOARD_RUNNER_WEBHOOK_SECRET: SECRET });
  expect(await runner?.hand(job)).toBe(201);
  const { body = "", headers = {} } = seen.at(-1) ?? {};
  expect(headers["webhook-id"]).toBe("qaboard-job-7");
  expect(() => new Webhook(SECRET).verify(body, headers as Record<string, string>)).not.toThrow();
});

test("GitLab's pipeline gets the job as a variable", async () => {
  const gitlab = { url, project: "group/repo", ref: "master", token: "t" };
  expect(await runnerOf({ QABOARD_RUNNER_GITLAB: JSON.stringify(gitlab) })?.hand(job)).toBe(201);
  expect(seen.at(-1)?.url).toBe("/api/v4/projects/group%2Frepo/trigger/pipeline");
  const form = new URLSearchParams(seen.at(-1)?.body);
  expect([form.get("token"), form.get("ref"), form.get("variables[QABOARD_JOB]")]).toEqual(["t", "master", job.json]);
});

test("Jenkins gets the job as a parameter", async () => {
  const jenkins = { url: `${url}/job/qa`, user: "u", token: "t" };
  expect(await runnerOf({ QABOARD_RUNNER_JENKINS: JSON.stringify(jenkins) })?.hand(job)).toBe(201);
  expect(seen.at(-1)?.url).toBe("/job/qa/buildWithParameters");
  expect(seen.at(-1)?.headers.authorization).toBe("Basic dTp0");
  expect(new URLSearchParams(seen.at(-1)?.body).get("QABOARD_JOB")).toBe(job.json);
});

test("without a setting there is no runner", () => expect(runnerOf({})).toBeUndefined());
