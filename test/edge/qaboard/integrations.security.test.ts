import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ownEdge } from "../../support/own-edge.ts";

/** A listed host that redirects wherever the query says, and tells what it was asked with. */
let listed: Server;
let secret: Server;
let host = "";
let secretUrl = "";
let listen: Promise<void> | undefined;

async function start(): Promise<void> {
  listed = createServer((request, response) => {
    const to = new URL(request.url ?? "", "http://x").searchParams.get("to");
    if (to !== null)
      return void response.writeHead(302, { location: to.replace(/[^\x20-\x7e]/g, encodeURIComponent) }).end();
    const headers = { "content-type": "text/html", "set-cookie": "session=stolen", "x-kept": "yes" };
    response.writeHead(200, headers).end(`<script>alert(1)</script>${JSON.stringify(request.headers)}`);
  });
  secret = createServer((_, response) => void response.end("the secret"));
  for (const server of [listed, secret]) await once(server.listen(0, "127.0.0.1"), "listening");
  const port = (server: Server) => Object(server.address()).port as number;
  host = `127.0.0.1:${port(listed)}`;
  secretUrl = `http://127.0.0.1:${port(secret)}/`;
}
beforeAll(async () => {
  listen ??= start();
  await listen;
});
const edge = ownEdge(() => ({
  QABOARD_OUTBOUND_HOSTS: `${host}, 169.254.169.254, [fe80::1], 0.0.0.0`,
  QABOARD_GITLAB_TOKENS: JSON.stringify({ [host]: "gitlab-token" }),
  QABOARD_JENKINS_AUTH: JSON.stringify({ [host]: { user: "u", token: "jenkins-token" } }),
}));
afterAll(() => {
  listed.close();
  secret.close();
});

const proxied = async (url: string) => {
  const answer = await fetch(`${edge().url}/qaboard/api/v1/gitlab/proxy?url=${encodeURIComponent(url)}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const post = async (path: string, body: unknown) => {
  const answer = await fetch(`${edge().url}/qaboard/api/v1/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
};

test("an answer is passed on without what would speak for us", async () => {
  const { status, headers } = await proxied(`http://${host}/`);
  expect(status).toBe(200);
  expect(headers.get("x-kept")).toBe("yes");
  expect(headers.get("set-cookie")).toBeNull();
  expect(headers.get("content-security-policy")).toContain("sandbox;");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
});

test("the proxy shows no credentials of ours", async () => {
  expect((await proxied(`http://${host}/`)).text).not.toContain("gitlab-token");
});

/** Spellings of what is not listed, or never to be asked. */
const TARGETS = [
  () => secretUrl,
  () => secretUrl.replace("127.0.0.1", "localhost"),
  () => secretUrl.replace("127.0.0.1", "2130706433"),
  () => secretUrl.replace("127.0.0.1", "0x7f000001"),
  () => secretUrl.replace("127.0.0.1", "0177.0.0.1"),
  () => secretUrl.replace("127.0.0.1", "127.1"),
  () => secretUrl.replace("127.0.0.1", "[::1]"),
  () => secretUrl.replace("127.0.0.1", "[::ffff:127.0.0.1]"),
  () => secretUrl.replace("127.0.0.1", "127.0.0.1."),
  () => secretUrl.replace("127.0.0.1", "①②⑦.⓪.⓪.①"),
  () => secretUrl.replace("//", `//${host}@`),
  () => secretUrl.replace("//", `//${host}%2f@`),
  () => `${secretUrl}#@${host}/`,
  () => `http://${host}.example.org/`,
  () => "http://169.254.169.254/latest/meta-data/",
  () => "http://2852039166/latest/meta-data/",
  () => "http://[fe80::1]/",
  () => "http://0.0.0.0/",
  () => "file:///etc/passwd",
  () => "gopher://127.0.0.1:70/",
  () => "data:text/plain,the%20secret",
  () => "//127.0.0.1/",
];

test.each(TARGETS.map((target, at) => [at, target] as const))("target %i is not asked", async (_, target) => {
  const { status, text } = await proxied(target());
  expect([400, 403]).toContain(status);
  expect(text).not.toContain("the secret");
});

test.each(TARGETS.map((target, at) => [at, target] as const))(
  "a redirect to target %i is not followed",
  async (_, target) => {
    const { status, text } = await proxied(`http://${host}/?to=${encodeURIComponent(target())}`);
    // Relative to the listed host, or refused.
    if (status !== 200) expect([400, 403, 502]).toContain(status);
    expect(text).not.toContain("the secret");
  },
);

test("a redirect without end is given up", async () => {
  expect((await proxied(`http://${host}/?to=${encodeURIComponent("/?to=/")}`)).status).toBe(200);
  let url = "/";
  for (let n = 0; n < 7; n += 1) url = `/?to=${encodeURIComponent(url)}`;
  expect((await proxied(`http://${host}${url}`)).status).toBe(502);
});

test.each([
  ["another host", { url: "http://169.254.169.254/" }],
  ["a header that decides the host", { url: "self", headers: { Host: "other" } }],
  ["a header with a line break", { url: "self", headers: { "x-a": "b\r\nx-c: d" } }],
  ["credentials in the URL", { url: "credentials" }],
  ["an unknown method", { url: "self", method: "CONNECT" }],
  ["files", { url: "self", files: {} }],
])("the webhook proxy refuses %s", async (_, given) => {
  const known: Record<string, string> = { self: `http://${host}/`, credentials: `http://u:p@${host}/` };
  const { status } = await post("webhook/proxy/", { method: "POST", ...given, url: known[given.url] ?? given.url });
  expect([400, 403]).toContain(status);
});

test.each(["gitlab/job/", "gitlab/job/play/"])("%s sends no token to another host", async (path) => {
  const body = { gitlab_host: secretUrl, project_id: "a/b", commit_id: "c", job_name: "x", job_id: null };
  expect((await post(path, body)).status).toBe(403);
});

test("Jenkins' credentials go to no other host, though its queue says so", async () => {
  const { status, text } = await post("jenkins/build/", { web_url: secretUrl });
  expect([status, text]).toEqual([403, `ERROR: No credentials for ${secretUrl}api/json`]);
});

test.each(["__proto__", "constructor", "toString"])("a host named %s has no credentials", async (name) => {
  expect((await post("jenkins/build/", { web_url: `http://${name}/` })).status).toBe(403);
});
