import { expect, test } from "vitest";
import { sign } from "../../../support/github-delivery.ts";
import { IREE_LIKE } from "../../../support/github-rest.ts";
import { type GithubStack, githubStack } from "../../../support/github-stack.ts";
import { bearer } from "../../../support/own-edge.ts";

const own = githubStack({ rest: { logPerPage: 10 }, env: { GITHUB_HOOKS: `${IREE_LIKE}:4711` } });
const LONG = { timeout: 60_000 };

async function recover({ stack }: GithubStack): Promise<void> {
  const answer = await fetch(`${stack.edgeUrl}/github/recoveries`, {
    method: "POST",
    headers: bearer(stack.adminToken),
  });
  expect(answer.status).toBe(202);
}

/** Waits until the consumer has nothing left to do. */
async function untilIdle({ stack, pool, rest }: GithubStack, readings: number): Promise<void> {
  const firstPages = () => rest.requests.filter(({ path }) => /deliveries\?per_page=100$/.test(path)).length;
  await expect.poll(firstPages, { timeout: 20_000 }).toBe(readings);
  await expect
    .poll(() => stack.emulator.inspect("runledger"), { timeout: 20_000 })
    .toEqual({ ready: 0, delayed: 0, inFlight: 0 });
  expect((await pool.query("select from ledger.waiting")).rowCount).toBe(0);
}

/** Sends a webhook under a delivery id that GitHub's log knows as failed. */
async function receive({ stack, pool }: GithubStack, guid: string): Promise<void> {
  const body = JSON.stringify({ zen: "Speak like a human." });
  const answer = await fetch(`${stack.edgeUrl}/github/webhook`, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "x-github-event": "ping",
      "x-github-delivery": guid,
      "x-hub-signature-256": sign(body, stack.githubSecret),
    },
  });
  expect(answer.status).toBe(200);
  const isStored = async () => (await pool.query("select from ledger.inbox where key = $1", [guid])).rowCount;
  await expect.poll(isStored, { timeout: 10_000 }).toBe(1);
}

test("exactly the failed deliveries that never succeeded and are not stored are sent again, once", LONG, async () => {
  const { rest } = own();
  const [repository] = rest.repositories;
  if (repository === undefined) throw new Error("nothing is recorded");
  const log = repository.deliveries;
  const failed = log.filter(({ status }) => status !== "OK");
  expect(failed).toHaveLength(9);
  const [redelivered, beforeIt, stored, ...wanted] = failed;
  if (redelivered === undefined || beforeIt === undefined || stored === undefined) throw new Error("too few failures");
  const success = { status: "OK", status_code: 200 };
  // Sent again by hand with success; and the other way round, a success whose redelivery failed.
  log.unshift({ ...redelivered, ...success, id: redelivered.id + 10_000_000_000, redelivery: true });
  log.push({ ...beforeIt, ...success, id: beforeIt.id - 10_000_000_000 });
  await receive(own(), stored.guid);

  await recover(own());
  await untilIdle(own(), 1);
  const ids = wanted.map(({ id }) => id).sort();
  expect([...rest.redelivered].sort()).toEqual(ids);
  expect(rest.requests.filter(({ path }) => path.includes("cursor=")).length).toBeGreaterThanOrEqual(4);

  await Promise.all([recover(own()), recover(own())]);
  await untilIdle(own(), 3);
  expect([...rest.redelivered].sort()).toEqual(ids);
});

test(
  "a delivery that GitHub can't send again is asked for once; a refusal in between asks for none twice",
  LONG,
  async () => {
    const { rest, pool } = own();
    await pool.query("truncate github.failed_deliveries, github.hook_logs, ledger.inbox");
    rest.redelivered.splice(0);
    const log = rest.repositories[0]?.deliveries ?? [];
    for (const item of log.filter(({ redelivery }) => redelivery)) log.splice(log.indexOf(item), 1);
    log.pop();
    const failed = log.filter(({ status }) => status !== "OK").map(({ id }) => id);
    const [tooOld] = failed;
    let posts = 0;
    rest.refuse = (path) => {
      if (!path.endsWith("/attempts")) return undefined;
      posts += 1;
      if (path.includes(`/${tooOld}/`)) return { status: 422, body: { message: "Too old" } };
      return posts === 3 ? { status: 502, body: {} } : undefined;
    };
    const before = rest.requests.filter(({ path }) => /deliveries\?per_page=100$/.test(path)).length;
    await recover(own());
    await untilIdle(own(), before + 1);
    expect([...rest.redelivered].sort()).toEqual(failed.slice(1).sort());
    expect(posts).toBe(10);
    await recover(own());
    await untilIdle(own(), before + 2);
    expect(posts).toBe(10);
  },
);
