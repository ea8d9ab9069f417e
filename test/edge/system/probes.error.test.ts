import { once } from "node:events";
import { createServer } from "node:net";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { databaseAt, NOWHERE, ownEdge } from "../../support/own-edge.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const scratch = scratchDatabase();
let silence = "";
const deaf = createServer((socket) => socket.on("error", () => {}));
beforeAll(async () => {
  await once(deaf.listen(0, "127.0.0.1"), "listening");
  const address = deaf.address();
  silence = `127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
});
afterAll(() => void deaf.close());
const broken = {
  queue: ownEdge(() => ({ QUEUE_URL: `http://${NOWHERE}/000000000000/runledger` })),
  objects: ownEdge(() => ({ OBJECTS_URL: `http://${NOWHERE}/runledger` })),
  bucket: ownEdge(() => ({ OBJECTS_URL: inject("stack").bucketUrl.replace(/runledger$/, "nobodys") })),
  database: ownEdge(() => databaseAt(NOWHERE)),
  silent: ownEdge(() => databaseAt(silence)),
  behind: ownEdge(() => ({ DATABASE_URL: scratch().url })),
};

async function readiness(url: string) {
  const answer = await fetch(`${url}/ready`);
  return [answer.status, await answer.json()];
}
const not = (parts: Record<string, string>) => [
  503,
  { status: "not_ready", parts: { database: "ok", migrations: "ok", queue: "ok", objects: "ok", ...parts } },
];

test("a part that does not answer is named", async () => {
  expect(await readiness(broken.queue().url)).toEqual(not({ queue: "failed" }));
  expect(await readiness(broken.objects().url)).toEqual(not({ objects: "failed" }));
  expect(await readiness(broken.database().url)).toEqual(not({ database: "failed", migrations: "failed" }));
});

test("a bucket that is not there is named, though its store answers", async () => {
  expect(await readiness(broken.bucket().url)).toEqual(not({ objects: "failed" }));
});

test("a part that keeps silent is named after half a second", async () => {
  const asked = performance.now();
  expect(await readiness(broken.silent().url)).toEqual(not({ database: "failed", migrations: "failed" }));
  const tookMs = performance.now() - asked;
  expect(tookMs).toBeGreaterThan(450);
  expect(tookMs).toBeLessThan(3_000);
});

test("a database that lacks a migration is behind, one that has more is not", async () => {
  const { pool } = scratch();
  const { url } = broken.behind();
  await pool.query(
    "delete from drizzle.__drizzle_migrations where id = (select max(id) from drizzle.__drizzle_migrations)",
  );
  expect(await readiness(url)).toEqual(not({ migrations: "behind" }));
  await pool.query("insert into drizzle.__drizzle_migrations (hash, created_at) values ('a', 1), ('b', 2)");
  expect((await readiness(url))[0]).toBe(503);
  const ready = async () => (await readiness(url))[0];
  await expect.poll(ready, { timeout: 10_000, interval: 200 }).toBe(200);
  await pool.query("drop schema drizzle cascade");
  await expect.poll(ready, { timeout: 10_000, interval: 200 }).toBe(503);
  expect(await readiness(url)).toEqual(not({ migrations: "behind" }));
});

test("health stays good whatever is broken", async () => {
  for (const edge of [broken.queue, broken.database]) expect((await fetch(`${edge().url}/health`)).status).toBe(200);
});
