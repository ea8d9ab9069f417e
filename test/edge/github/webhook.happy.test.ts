import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { expect, inject, test } from "vitest";
import { receiptOf, settled, testPool } from "../../support/database.ts";
import { deliver, freshRepository, sign, workflowRun } from "../../support/github-delivery.ts";

const pool = testPool();

async function runOf(repoId: number) {
  const { rows } = await pool.query("select * from github.runs where repo_id = $1", [repoId]);
  return rows[0];
}

test("a signed delivery is taken with today's exact answer and becomes a row", async () => {
  const repository = freshRepository();
  const answer = await deliver("workflow_run", workflowRun(repository));
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe("");
  expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
  expect(answer.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  expect(await settled(pool, receiptOf(answer))).toEqual({ how: "inbox", reason: null });
  expect(await runOf(repository.id)).toMatchObject({
    status: "completed",
    conclusion: "success",
    runtime_seconds: 1200,
  });
});

/** A POST that reaches the stack under another host name, which need not resolve. */
async function postAs(host: string, path: string, body: string, headers: Record<string, string>): Promise<Response> {
  const { hostname, port } = new URL(inject("stack").edgeUrl);
  const sending = request({ hostname, port, path, method: "POST", headers: { ...headers, host } });
  sending.end(body);
  return await new Promise((resolve, reject) => {
    sending.on("error", reject).on("response", (answer) => {
      answer.resume();
      resolve(
        new Response(null, { status: answer.statusCode ?? 0, headers: { location: answer.headers.location ?? "" } }),
      );
    });
  });
}

test("the alias and the source's own host take deliveries too", async () => {
  const { edgeUrl, githubSecret } = inject("stack");
  const { port } = new URL(edgeUrl);
  const places = [
    ["127.0.0.1", "/github/webhooks/github"],
    ["127.0.0.1", "/webhooks/github"],
    ["github.localhost", "/webhook"],
  ] as const;
  for (const [host, path] of places) {
    const body = JSON.stringify(workflowRun(freshRepository()));
    const answer = await postAs(`${host}:${port}`, path, body, {
      "content-type": "application/json",
      "x-github-event": "workflow_run",
      "x-github-delivery": randomUUID(),
      "x-hub-signature-256": sign(body, githubSecret),
    });
    expect([path, answer.status]).toEqual([path, 200]);
    expect((await settled(pool, receiptOf(answer))).how).toBe("inbox");
  }
});

test("a form-encoded delivery is read from its payload field", async () => {
  const repository = freshRepository();
  const body = new URLSearchParams({
    payload: JSON.stringify(workflowRun(repository, { display_title: "50 % + 1 & so on" })),
  });
  const answer = await deliver("workflow_run", body.toString(), { contentType: "application/x-www-form-urlencoded" });
  expect((await settled(pool, receiptOf(answer))).how).toBe("inbox");
  expect(await runOf(repository.id)).toMatchObject({ status: "completed" });
});

test("the same delivery again, at once or much later, changes nothing", async () => {
  const repository = freshRepository();
  const key = randomUUID();
  const answers = await Promise.all([1, 2, 3].map(() => deliver("workflow_run", workflowRun(repository), { key })));
  const ways = await Promise.all(answers.map(async (answer) => (await settled(pool, receiptOf(answer))).how));
  expect(ways.sort()).toEqual(["inbox", "repeats", "repeats"]);
  const before = await runOf(repository.id);
  const late = await deliver("workflow_run", workflowRun(repository, { status: "queued", conclusion: null }), { key });
  expect((await settled(pool, receiptOf(late))).how).toBe("repeats");
  expect(await runOf(repository.id)).toEqual(before);
});

test("a delivery signed with the previous secret is taken during a rotation", async () => {
  const answer = await deliver("ping", { zen: "x" }, { secret: "the secret before" });
  expect((await settled(pool, receiptOf(answer))).how).toBe("inbox");
});

test("the raw body is kept exactly as it came", async () => {
  const { gunzipSync } = await import("node:zlib");
  const body = `{"zen": "tabs\\t, 😀 and  two spaces",  "n": 1.0}`;
  const id = receiptOf(await deliver("ping", body));
  await settled(pool, id);
  const { rows } = await pool.query("select object_key from ledger.inbox where receipt_id = $1", [id]);
  const kept = await fetch(`${inject("stack").bucketUrl}/${rows[0]?.object_key}`, {
    headers: {
      authorization: "AWS4-HMAC-SHA256 Credential=x/20260101/r/s3/aws4_request, SignedHeaders=host, Signature=x",
    },
  });
  expect(gunzipSync(Buffer.from(await kept.arrayBuffer())).toString()).toBe(body);
});

test("a body whose message would be too large for the queue goes through the object store", async () => {
  const repository = freshRepository();
  const noise = Array.from({ length: 30_000 }, () => randomUUID()).join();
  const answer = await deliver("workflow_run", workflowRun(repository, { display_title: noise }));
  expect((await settled(pool, receiptOf(answer))).how).toBe("inbox");
  const { rows } = await pool.query(
    "select snapshot->>'display_title' as title from github.attempts where repo_id = $1",
    [repository.id],
  );
  expect(rows[0]?.title).toBe(noise);
});
