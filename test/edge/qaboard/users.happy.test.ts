import { expect, inject, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { ask, fresh } from "../../support/qaboard.ts";

const pool = testPool();

/** `secret` with 260,000 iterations, as Werkzeug 2.0.2 writes it. */
const OF_WERKZEUG =
  "pbkdf2:sha256:260000$saltsaltsaltsalt$08771abd96e0f8f89e2ba0cc8b90c121b436ac48c3d3dc7bdbbe7dcaba1009dd";

const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields).toString(),
  headers: { "content-type": "application/x-www-form-urlencoded" },
});

async function signedUp(password = "secret") {
  const user_name = fresh("user");
  const fields = { user_name, full_name: `Full ${user_name}`, email: `${user_name}@example.org`, password };
  const { status, json } = await ask("POST", "/user/signup/", form(fields));
  expect([status, json]).toEqual([200, { id: expect.any(Number) }]);
  return { ...fields, id: Object(json).id };
}

const cookieOf = (headers: Headers) => headers.get("set-cookie")?.split(";")[0] ?? "";

test("who logs in is known by the cookie until the session ends", async () => {
  const { id, user_name, full_name, email, password } = await signedUp("pässword");
  const login = await ask("POST", "/user/auth/", form({ username: user_name, password }));
  expect([login.status, login.json]).toEqual([
    200,
    { username: user_name, is_ldap: false, login_success: true, id, full_name, user_name, email },
  ]);
  expect(login.headers.get("set-cookie")).toMatch(/^session=[^;]+;.*Path=\/; HttpOnly; SameSite=Lax$/);
  expect(login.headers.get("vary")).toContain("Cookie");
  const cookie = cookieOf(login.headers);
  const me = await ask("GET", "/user/me/", { headers: { cookie } });
  expect(me.json).toEqual({
    is_authenticated: true,
    is_anonymous: false,
    is_active: true,
    ...{ user_id: id, user_name, full_name, email, is_ldap: false },
  });
  const logout = await ask("POST", "/user/logout/", { headers: { cookie } });
  expect([logout.json, logout.headers.get("set-cookie")]).toEqual([
    { status: "OK" },
    expect.stringMatching(/^session=;/),
  ]);
});

test("the web application's multipart forms are read too", async () => {
  const { user_name, password } = await signedUp();
  const body = new FormData();
  body.set("username", user_name);
  body.set("password", password);
  const answer = await fetch(`${inject("stack").edgeUrl}/qaboard/api/v1/user/auth/`, { method: "POST", body });
  expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ login_success: true })]);
});

test("an imported hash of 260,000 iterations is checked", async () => {
  const user = fresh("imported");
  await pool.query("insert into qaboard.users (user_name, password) values ($1, $2)", [user, OF_WERKZEUG]);
  const status = async (password: string) =>
    (await ask("POST", "/user/auth/", form({ username: user, password }))).status;
  expect([await status("secret"), await status("Secret")]).toEqual([200, 403]);
});

test("a new hash is one that the original can check", async () => {
  const { id } = await signedUp();
  const { rows } = await pool.query("select password from qaboard.users where id = $1", [id]);
  expect(rows[0].password).toMatch(/^pbkdf2:sha512:100000\$[0-9a-f]{32}\$[0-9a-f]{128}$/);
});

test("nobody is known without a session", async () => {
  const me = await ask("GET", "/user/me/");
  expect(me.json).toEqual({ is_authenticated: false, is_anonymous: true, is_active: false });
});
