import { expect, inject, test } from "vitest";
import { testPool } from "../support/database.ts";
import { locationOf, untilSettled } from "../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../support/github-delivery.ts";

const pool = testPool();
const { edgeUrl } = inject("stack");

const submit = (body: string) =>
  fetch(`${edgeUrl}/kernelci/submit`, { method: "POST", body, headers: { "content-type": "application/json" } });
const fresh = () => `chars:${crypto.randomUUID()}`;

test("a commit's message loses NUL and half characters, and the receipt says how many", async () => {
  const repository = freshRepository();
  const head_commit = { id: "a".repeat(40), message: "a\u0000b \ud83d", timestamp: "2026-01-02T09:59:00Z" };
  const answer = await deliver("workflow_run", workflowRun(repository, { head_commit, display_title: "t\u0000" }));
  expect(await untilSettled(locationOf(answer))).toMatchObject({ status: "done", replaced: 3 });
  const { rows } = await pool.query(
    "select snapshot->>'display_title' as title from github.attempts where repo_id = $1",
    [repository.id],
  );
  expect(rows).toEqual([{ title: "t\ufffd" }]);
});

test("a branch's name with NUL is refused with its place", async () => {
  const answer = await deliver("workflow_run", workflowRun(freshRepository(), { head_branch: "ma\u0000in" }));
  expect(await untilSettled(locationOf(answer))).toMatchObject({
    status: "rejected",
    reason: "/workflow_run/head_branch: a text contains the NUL character, which cannot be stored",
  });
});

test("a number beyond a double is refused wherever it stands", async () => {
  const body = JSON.stringify(workflowRun(freshRepository(), { extra: "NUMBER" })).replace('"NUMBER"', "1e400");
  const answer = await deliver("workflow_run", body);
  expect(await untilSettled(locationOf(answer))).toMatchObject({
    status: "rejected",
    reason: /^\/workflow_run\/extra: /,
  });
});

test("one NUL in a console log costs a lab nothing", async () => {
  const [id, checkout] = [fresh(), fresh()];
  const build = { id, origin: "chars", checkout_id: checkout, log_excerpt: "boot\u0000ing", misc: { "k\u0000": 1 } };
  const answer = await submit(JSON.stringify({ version: { major: 5, minor: 3 }, builds: [build] }));
  expect(await untilSettled(locationOf(answer))).toMatchObject({ status: "done", replaced: 2 });
  const { rows } = await pool.query("select log_excerpt, misc from kernelci.builds where id = $1", [id]);
  expect(rows).toEqual([{ log_excerpt: "boot\ufffding", misc: { "k\ufffd": 1, lab: "chars" } }]);
});

test("a submission of 256 bytes that named an endless list of boards is read at once", async () => {
  const environment = { compatible: [`${"a,".repeat(60)} `] };
  const tests = [{ id: fresh(), origin: "chars", build_id: fresh(), environment }];
  const answer = await submit(JSON.stringify({ version: { major: 5, minor: 3 }, tests }));
  expect(await untilSettled(locationOf(answer))).toMatchObject({
    status: "rejected",
    reason: "/tests/0/environment/compatible/0: must not be empty or hold a space",
  });
});

test("a checkout without a start is stored with the time it was received", async () => {
  const id = fresh();
  const answer = await submit(
    JSON.stringify({ version: { major: 5, minor: 3 }, checkouts: [{ id, origin: "chars", tree_name: "t" }] }),
  );
  const { received_at } = await untilSettled(locationOf(answer));
  const { rows } = await pool.query("select start_time from kernelci.checkouts where id = $1", [id]);
  expect(rows).toEqual([{ start_time: new Date(received_at) }]);
});
