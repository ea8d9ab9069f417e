import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { afterAll, beforeEach, expect, test } from "vitest";
import { ownEdge } from "../../support/own-edge.ts";

const TOKEN = "q+token/of-the-form==";
const asked: { path: string; cookie: string | undefined }[] = [];
/** A GitLab whose badges are private: login by its form, or by that of LDAP. */
const gitlab = createServer(async (request, response) => {
  const path = request.url ?? "";
  asked.push({ path: `${request.method} ${path}`, cookie: request.headers.cookie });
  if (path === "/users/sign_in" && request.method === "GET") {
    response.setHeader("set-cookie", ["other=1", "_gitlab_session=before; path=/; HttpOnly"]);
    return response.end(page());
  }
  if (request.method === "POST") {
    const form = new URLSearchParams(await bodyOf(request));
    const isUser = form.get("user[login]") === "ada" && form.get("user[password]") === "pa$s word";
    const isLdap = form.get("username") === "grace" && form.get("password") === "secret";
    const fits = path === "/users/sign_in" ? isUser : isLdap;
    const isMine = form.get("authenticity_token") === TOKEN && request.headers.cookie === "_gitlab_session=before";
    if (!fits || !isMine) return response.end(page());
    response.setHeader("set-cookie", "_gitlab_session=after; path=/; HttpOnly");
    return response.writeHead(302, { location: "/" }).end();
  }
  if (request.headers.cookie !== "_gitlab_session=after") return response.writeHead(404).end("not found");
  response.writeHead(200, { "content-type": "image/svg+xml" }).end("<svg/>");
});
await once(gitlab.listen(0, "127.0.0.1"), "listening");
const host = `127.0.0.1:${Object(gitlab.address()).port}`;
afterAll(() => gitlab.close());

function page(): string {
  const form = (id: string, action: string) =>
    `<form class="x" id="new_${id}" action="${action}" accept-charset="UTF-8" method="post"><input type="hidden" name="authenticity_token" value="${TOKEN}" autocomplete="off" /></form>`;
  return `<html><form action="/search"></form>${form("ldap_user", "/users/auth/ldapmain/callback")}${form("user", "/users/sign_in")}</html>`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const withAuth = (auth: object) => ownEdge(() => ({ QABOARD_GITLAB_AUTH: JSON.stringify({ [host]: auth }) }));
const own = withAuth({ user: "ada", password: "pa$s word" });
const ldap = withAuth({ user: "grace", password: "secret", type: "ldap_user" });
const wrong = withAuth({ user: "ada", password: "another" });
beforeEach(() => void asked.splice(0));

const proxied = async (edge: typeof own, path: string) =>
  await fetch(`${edge().url}/qaboard/api/v1/gitlab/proxy?url=${encodeURIComponent(`http://${host}${path}`)}`);
const BADGE = "/group/private/badges/master/pipeline.svg";

test.each([
  ["GitLab's own users", own],
  ["LDAP", ldap],
])("a private badge is shown with a session by the form of %s, which is kept", async (_, edge) => {
  for (const path of [BADGE, "/uploads/-/system/user/avatar/2/avatar.png"]) {
    const answer = await proxied(edge, path);
    expect([answer.status, await answer.text()]).toEqual([200, "<svg/>"]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  }
  expect(asked.filter(({ path }) => path.startsWith("POST"))).toHaveLength(1);
});

test.each([
  "/group/private/-/raw/master/secret.txt",
  "/group/private/raw/master/badges/x/pipeline.svg",
  "/api/v4/user",
  "/group/badges/x.svg/../../private",
  "/badges?x.svg",
])("%s is asked for without the session", async (path) => {
  await (await proxied(own, path)).text();
  expect(asked.at(-1)?.cookie).toBeUndefined();
});

test("when the login is refused, badges are asked for without a session, and the form is left alone for a while", async () => {
  expect((await proxied(wrong, BADGE)).status).toBe(404);
  expect((await proxied(wrong, BADGE)).status).toBe(404);
  expect(asked.filter(({ path }) => path.startsWith("POST"))).toHaveLength(1);
});
