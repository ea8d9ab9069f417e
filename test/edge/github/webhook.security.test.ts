import { createHmac, randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { receiptOf, settled, testPool } from "../../support/database.ts";
import { deliver, freshRepository, sign, workflowRun } from "../../support/github-delivery.ts";

const pool = testPool();
const body = JSON.stringify({ zen: "x" });
const secret = () => inject("stack").githubSecret;
const right = () => sign(body, secret());

test.each<[string, () => string | null]>([
  ["absent", () => null],
  ["empty", () => ""],
  ["of another secret", () => sign(body, "another")],
  ["of another body", () => sign(`${body} `, secret())],
  ["in upper-case hex", () => right().toUpperCase().replace("SHA256", "sha256")],
  ["named in upper case", () => right().replace("sha256", "SHA256")],
  ["one digit short", () => right().slice(0, -1)],
  ["one digit long", () => `${right()}0`],
  ["not hex", () => "sha256=zz"],
  ["without its name", () => right().slice(7)],
  ["SHA-1", () => `sha1=${createHmac("sha1", secret()).update(body).digest("hex")}`],
  ["twice", () => `${right()}, ${right()}`],
  ["with a blank inside", () => right().replace("=", "= ")],
  ["64 KiB long", () => `sha256=${"a".repeat(10_000)}`],
])("a signature that is %s is refused with 401 and leaves no trace", async (_, make) => {
  const key = randomUUID();
  const answer = await deliver("ping", body, { key, signature: make() });
  expect([answer.status, await answer.json()]).toEqual([401, { message: "The signature is missing or wrong." }]);
  const { rowCount } = await pool.query("select 1 from ledger.inbox where key = $1", [key]);
  expect(rowCount).toBe(0);
});

test("the SHA-1 header alone is not enough", async () => {
  const sha1 = `sha1=${createHmac("sha1", secret()).update(body).digest("hex")}`;
  expect((await deliver("ping", body, { signature: null, headers: { "x-hub-signature": sha1 } })).status).toBe(401);
});

test("the checks run in the contract's order", async () => {
  const status = async (options: Parameters<typeof deliver>[2], text = body) =>
    (await deliver(null, text, { signature: null, ...options })).status;
  expect(await status({ contentType: "text/plain" }, "x".repeat(26_214_401))).toBe(413);
  expect(await status({ contentType: "text/plain" })).toBe(415);
  expect(await status({})).toBe(401);
  expect(await status({ signature: right() })).toBe(400);
});

test("forwarding and override headers are never trusted", async () => {
  const headers = {
    "x-forwarded-host": "evil.example",
    "x-http-method-override": "DELETE",
    "x-forwarded-proto": "gopher",
    forwarded: "host=evil.example",
  };
  const answer = await deliver("ping", body, { headers });
  expect(answer.status).toBe(200);
  expect(answer.headers.get("location")).toMatch(/^\/deliveries\//);
});

test("a hundred headers, one of them 8 kB long, do no harm", async () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`x-extra-${i}`, "v"]));
  expect((await deliver("ping", body, { headers: { ...many, "x-long": "y".repeat(8_000) } })).status).toBe(200);
});

test("a replay of an old delivery is answered and has no effect", async () => {
  const repository = freshRepository();
  const key = randomUUID();
  await settled(pool, receiptOf(await deliver("workflow_run", workflowRun(repository), { key })));
  await pool.query(
    "update ledger.inbox set received_at = received_at - interval '30 days', stored_at = stored_at - interval '30 days' where key = $1",
    [key],
  );
  const before = await pool.query("select * from github.runs where repo_id = $1", [repository.id]);
  expect((await settled(pool, receiptOf(await deliver("workflow_run", workflowRun(repository), { key })))).how).toBe(
    "repeats",
  );
  expect((await pool.query("select * from github.runs where repo_id = $1", [repository.id])).rows).toEqual(before.rows);
});

test("SQL in names is data", async () => {
  const repository = freshRepository();
  const nasty = `main'; drop table github.runs; --`;
  const answer = await deliver(
    "workflow_run",
    workflowRun(repository, { head_branch: nasty, name: `"; select pg_sleep(9)` }),
  );
  expect((await settled(pool, receiptOf(answer))).how).toBe("inbox");
  const { rows } = await pool.query("select branch, name from github.runs where repo_id = $1", [repository.id]);
  expect(rows).toEqual([{ branch: nasty, name: `"; select pg_sleep(9)` }]);
});
