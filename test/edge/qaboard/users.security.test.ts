import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { ownEdge } from "../../support/own-edge.ts";
import { ask, fresh } from "../../support/qaboard.ts";

const KEY = "signs the sessions of one test file";
const edge = ownEdge(() => ({ QABOARD_SESSION_KEY: KEY }));
const pool = testPool();

const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields).toString(),
  headers: { "content-type": "application/x-www-form-urlencoded" },
});
const base = () => `${edge().url}/qaboard`;

async function userId(password: string | null = null): Promise<{ id: number; name: string }> {
  const name = fresh("user");
  const { rows } = await pool.query("insert into qaboard.users (user_name, password) values ($1, $2) returning id", [
    name,
    password,
  ]);
  return { id: rows[0].id, name };
}

/** A cookie as the edge signs it. */
function cookie(value: string, key = KEY): string {
  const signature = createHmac("sha256", key).update(value).digest("base64");
  return `session=${encodeURIComponent(`${value}.${signature}`)}`;
}
const now = () => Math.floor(Date.now() / 1_000);
const isKnown = async (sent: string) =>
  Object((await ask("GET", "/user/me/", { base: base(), headers: { cookie: sent } })).json).is_authenticated;

test("a session is known by its signature, for 31 days, while its user is there", async () => {
  const { id } = await userId();
  expect(await isKnown(cookie(`${id}.${now()}`))).toBe(true);
  expect(await isKnown(cookie(`${id}.${now() - 32 * 86_400}`))).toBe(false);
  expect(await isKnown(cookie(`${id}.${now()}`, "another key, which is nobody's"))).toBe(false);
  expect(await isKnown(cookie(`${id}.${now()}`).replace(`${id}.`, `${id + 1}.`))).toBe(false);
  for (const odd of ["session=", "session=x", `session=${id}.${now()}`, cookie("x.y"), cookie("")])
    expect([odd, await isKnown(odd)]).toEqual([odd, false]);
  await pool.query("delete from qaboard.users where id = $1", [id]);
  expect(await isKnown(cookie(`${id}.${now()}`))).toBe(false);
});

test("a failed login ends the session that was there", async () => {
  const { id, name } = await userId();
  const sent = form({ username: name, password: "x" });
  const answer = await ask("POST", "/user/auth/", {
    ...sent,
    base: base(),
    headers: { ...sent.headers, cookie: cookie(`${id}.${now()}`) },
  });
  expect([answer.status, answer.headers.get("set-cookie")]).toEqual([403, expect.stringMatching(/^session=;/)]);
});

test.each([
  ["no hash", null],
  ["another method", "plain$salt$secret"],
  ["no iterations", "pbkdf2:sha256:0$salt$00"],
  ["an empty hash", "pbkdf2:sha256:1000$salt$"],
  ["more iterations than are checked", `pbkdf2:sha256:9999999$salt$${"0".repeat(64)}`],
])("%s opens nothing, at once", async (_, stored) => {
  const { name } = await userId(stored);
  const started = performance.now();
  const answer = await ask("POST", "/user/auth/", { ...form({ username: name, password: "" }), base: base() });
  expect(answer.status).toBe(403);
  expect(performance.now() - started).toBeLessThan(2_000);
});

test("pages of other origins may read answers, but never send the cookie along", async () => {
  const { id } = await userId();
  const headers = { origin: "https://other.example", cookie: cookie(`${id}.${now()}`) };
  const answer = await ask("GET", "/user/me/", { base: base(), headers });
  expect(answer.headers.get("access-control-allow-origin")).toBe("https://other.example");
  expect(answer.headers.get("access-control-allow-credentials")).toBeNull();
});
