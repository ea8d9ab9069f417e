import { expect, test } from "vitest";
import { logHost } from "../../support/log-host.ts";
import { ownEdge } from "../../support/own-edge.ts";
import { lookalikesOf, PRIVATE, spellingsOf } from "../../support/private-targets.ts";

const TABLE =
  '<table id="list"><tbody><tr><td><a href="x">the secret</a></td><td>1</td><td>2</td></tr></tbody></table>';

/** Redirects wherever the query says, or shows a page that would run and set things. */
const listed = logHost((request, response) => {
  const to = new URL(request.url ?? "", "http://x").searchParams.get("to");
  if (to !== null)
    return void response.writeHead(302, { location: to.replace(/[^\x20-\x7e]/g, encodeURIComponent) }).end();
  const headers = {
    "content-type": "text/html",
    "set-cookie": "session=stolen",
    "access-control-allow-origin": "https://evil.example",
    "strict-transport-security": "max-age=1",
    "clear-site-data": '"*"',
    "proxy-authenticate": "Basic",
    trailer: "x",
    refresh: "0; url=https://evil.example",
  };
  response.writeHead(200, headers).end("<script>alert(1)</script>");
});
const secret = logHost((_, response) => void response.writeHead(200, { "content-type": "text/html" }).end(TABLE));

const edge = ownEdge(() => ({
  KERNELCI_LOG_HOSTS: `${listed.get().host}, *.kernelci.org, s3.amazonaws.com/arr-cki-prod-trusted-artifacts/, 169.254.169.254`,
}));
const secretPort = () => secret.get().host.split(":")[1] ?? "";

const ROUTES = ["proxy/?url=", "log-downloader/?log_download_url="];
const asked = async (route: string, url: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${edge().url}/kernelci/api/${route}${encodeURIComponent(url)}`, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const targets = () => [
  `http://${secret.get().host}/`,
  ...spellingsOf(secretPort()),
  ...lookalikesOf(listed.get().host, secretPort()),
  ...PRIVATE,
  "file:///etc/passwd",
  "gopher://127.0.0.1:70/",
  "data:text/plain,the%20secret",
  "//127.0.0.1/",
];

test.each(ROUTES)("%s asks no host that is not listed, however it is spelt", async (route) => {
  for (const target of targets()) {
    const { status, text } = await asked(route, target);
    expect([400, 403], target).toContain(status);
    expect(text, target).not.toContain("the secret");
  }
  expect(secret.get().seen).toEqual([]);
});

test.each(ROUTES)("%s follows no redirect to one", async (route) => {
  for (const target of targets()) {
    const { text } = await asked(route, `http://${listed.get().host}/?to=${encodeURIComponent(target)}`);
    expect(text, target).not.toContain("the secret");
  }
  expect(secret.get().seen).toEqual([]);
});

test.each([
  "https://kernelci.org/x",
  "https://files.kernelci.org.example.com/x",
  "https://files.kernelci.org./x",
  "https://s3.amazonaws.com/other-bucket/log.txt",
  "https://s3.amazonaws.com/arr-cki-prod-trusted-artifacts/../other-bucket/log.txt",
  "https://s3.amazonaws.com/arr-cki-prod-trusted-artifacts/%2e%2e/other-bucket/log.txt",
  "https://s3.amazonaws.com/arr-cki-prod-trusted-artifacts-not/log.txt",
])("%s is not on the list", async (url) => {
  const { status, text } = await asked("proxy/?url=", url);
  expect([status, text]).toEqual([403, '{"error":"Domain not allowed"}']);
});

test("nothing of the caller's request goes to the host", async () => {
  const before = listed.get().seen.length;
  await asked("proxy/?url=", `http://${listed.get().host}/`, {
    authorization: "Bearer secret",
    cookie: "session=secret",
    "x-forwarded-for": "10.0.0.1",
    "x-aws-ec2-metadata-token": "secret",
    referer: "https://secret.example/",
  });
  const [headers] = listed.get().seen.slice(before);
  expect(JSON.stringify(headers)).not.toContain("secret");
  expect(headers).not.toHaveProperty("x-forwarded-for");
});

test("a page of the host can neither run nor set anything here", async () => {
  const { status, headers } = await asked("proxy/?url=", `http://${listed.get().host}/`);
  expect(status).toBe(200);
  expect(headers.get("content-security-policy")).toContain("sandbox;");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  for (const name of ["set-cookie", "clear-site-data", "proxy-authenticate", "trailer", "refresh"])
    expect(headers.get(name), name).toBeNull();
  expect(headers.get("strict-transport-security")).not.toBe("max-age=1");
  expect(headers.get("access-control-allow-origin")).not.toBe("https://evil.example");
});

test("a link-local address is not asked even where it is listed", async () => {
  expect((await asked("proxy/?url=", "http://169.254.169.254/latest/meta-data/")).status).toBe(403);
});
