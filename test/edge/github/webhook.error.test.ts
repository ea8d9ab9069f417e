import { expect, inject, test } from "vitest";
import { receiptOf, settled, testPool } from "../../support/database.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";

const pool = testPool();
const LIMIT = 26_214_400;

async function refused(answer: Response, status: number) {
  expect([answer.status, await answer.json()]).toEqual([status, { message: expect.any(String) }]);
  expect(answer.headers.get("location")).toBeNull();
}

test("without event or delivery header the answer is 400", async () => {
  await refused(await deliver(null, {}), 400);
  await refused(await deliver("ping", {}, { key: null }), 400);
  await refused(await deliver("ping", {}, { key: "x".repeat(201) }), 400);
  await refused(await deliver("p".repeat(101), {}), 400);
});

test.each([["{"], ["null"], ["[]"], ["7"], ['"text"'], [""], ["\u{feff}"], ["{}x"]])(
  "the body %j is refused with 400",
  async (body) => {
    await refused(await deliver("workflow_run", body), 400);
  },
);

test("invalid UTF-8 is refused with 400", async () => {
  await refused(await deliver("workflow_run", new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400);
});

test("a form without a payload, or with one that is no object, is refused with 400", async () => {
  const contentType = "application/x-www-form-urlencoded";
  for (const body of ["a=b", "payload=", "payload=%5B%5D"])
    await refused(await deliver("ping", body, { contentType }), 400);
});

test.each([["text/plain"], ["application/jsonp"], ["multipart/form-data; boundary=x"], [""]])(
  "content type %j is refused with 415",
  async (contentType) => {
    await refused(await deliver("ping", {}, { contentType }), 415);
  },
);

test("a charset beside the content type does not matter", async () => {
  expect((await deliver("ping", {}, { contentType: "Application/JSON; charset=utf-8" })).status).toBe(200);
});

test("a compressed body is refused with 415, whatever it inflates to", async () => {
  await refused(await deliver("ping", {}, { headers: { "content-encoding": "gzip" } }), 415);
});

test("the limit is exact: 25 MiB pass, one byte more does not", { timeout: 60_000 }, async () => {
  const prefix = '{"zen":"';
  const body = (size: number) => `${prefix}${"x".repeat(size - prefix.length - 2)}"}`;
  const taken = await Promise.all([LIMIT - 1, LIMIT].map((size) => deliver("ping", body(size))));
  for (const answer of taken) expect((await settled(pool, receiptOf(answer))).how).toBe("inbox");
  await refused(await deliver("ping", body(LIMIT + 1)), 413);
});

test("a body without a declared length is counted while it is read", async () => {
  const { edgeUrl } = inject("stack");
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      sent += 1_048_576;
      if (sent > LIMIT + 8 * 1_048_576) controller.close();
      else controller.enqueue(new Uint8Array(1_048_576));
    },
  });
  const headers = { "content-type": "application/json", "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
  const chunked = { method: "POST", body, duplex: "half", headers };
  const answer = await fetch(`${edgeUrl}/github/webhook`, chunked);
  await refused(answer, 413);
});

test("other methods are answered 405, other paths 404", async () => {
  const { edgeUrl } = inject("stack");
  for (const method of ["GET", "PUT", "DELETE", "PATCH"])
    expect((await fetch(`${edgeUrl}/github/webhook`, { method })).status).toBe(405);
  for (const path of ["/github/webhooks", "/github/webhook/x", "/webhook2"]) {
    const answer = await fetch(`${edgeUrl}${path}`, { method: "POST" });
    expect(answer.status).toBe(404);
  }
});

test.each([
  ["a run without an id", { id: null }, "workflow_run.id"],
  ["an id beyond 64 bits", { id: JSON.rawJSON("9223372036854775808") }, "workflow_run.id"],
  ["a time that is none", { created_at: "yesterday" }, "workflow_run.created_at"],
  ["an attempt of zero", { run_attempt: 0 }, "workflow_run.run_attempt"],
  ["NUL in a name", { head_branch: "a\u0000b" }, "/workflow_run/head_branch: a text contains the NUL character"],
  ["a lone surrogate in a name", { name: "\ud800" }, "/workflow_run/name: a text contains a lone surrogate"],
])("%s is taken, then refused with a reason", async (_, change, reason) => {
  const repository = freshRepository();
  const answer = await deliver("workflow_run", workflowRun(repository, change));
  expect(answer.status).toBe(200);
  const found = await settled(pool, receiptOf(answer));
  expect(found).toEqual({ how: "rejected", reason: expect.stringContaining(reason) });
  const { rowCount } = await pool.query("select 1 from github.repos where repo_id = $1", [repository.id]);
  expect(rowCount).toBe(0);
});

test("JSON nested deeper than the database takes is refused with a reason", async () => {
  const body = JSON.stringify(workflowRun(freshRepository(), { deep: "@" })).replace(
    '"@"',
    `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
  );
  const answer = await deliver("workflow_run", body);
  const { how, reason } = await settled(pool, receiptOf(answer));
  expect([how, reason]).toEqual(["rejected", "the body is nested deeper than 500 levels"]);
});

test("malformed JSON above the size that the edge checks is refused by the consumer", async () => {
  const answer = await deliver("push", `{"x": "${"y".repeat(1_200_000)}`);
  expect(await settled(pool, receiptOf(answer))).toEqual({ how: "rejected", reason: "the body is not JSON" });
});

test("duplicate keys, __proto__ and unknown fields are stored without harm", async () => {
  const repository = freshRepository();
  const text = JSON.stringify(workflowRun(repository)).replace(
    '"name":"CI"',
    '"name":"first","name":"CI","__proto__":{"polluted":true},"constructor":1',
  );
  expect((await settled(pool, receiptOf(await deliver("workflow_run", text)))).how).toBe("inbox");
  const { rows } = await pool.query("select name, status from github.runs where repo_id = $1", [repository.id]);
  expect(rows).toEqual([{ name: "CI", status: "completed" }]);
});

test("one bad delivery among many costs only itself", async () => {
  const repositories = Array.from({ length: 9 }, freshRepository);
  const good = await Promise.all(repositories.map((repository) => deliver("workflow_run", workflowRun(repository))));
  const bad = await deliver("workflow_run", workflowRun(freshRepository(), { id: null }));
  for (const answer of good) expect((await settled(pool, receiptOf(answer))).how).toBe("inbox");
  expect((await settled(pool, receiptOf(bad))).how).toBe("rejected");
  const { rows } = await pool.query("select max(receives) as receives from ledger.inbox where receipt_id = any($1)", [
    good.map(receiptOf),
  ]);
  expect(rows[0]?.receives).toBe(1);
});

test("a rejected delivery that is sent again, mended, is processed anew", async () => {
  const repository = freshRepository();
  const key = `mended-${repository.id}`;
  const first = await deliver("workflow_run", workflowRun(repository, { id: "x" }), { key });
  expect((await settled(pool, receiptOf(first))).how).toBe("rejected");
  const second = await deliver("workflow_run", workflowRun(repository), { key });
  expect((await settled(pool, receiptOf(second))).how).toBe("inbox");
  expect((await settled(pool, receiptOf(first))).how).toBe("stored");
});
