import { expect, onTestFinished, test } from "vitest";
import { approvedResult } from "../../support/approved-result.ts";
import { testPool } from "../../support/database.ts";
import { call, fresh, made, said, somebody } from "../../support/eosc-perf.ts";

const pool = testPool();
const { token: admin } = await somebody("admin");

/** A transaction of the test's own, undone at its end. */
async function transaction() {
  const client = await pool.connect();
  await client.query("begin");
  onTestFinished(() => client.release(true));
  return client;
}

/** Waits until as many statements about a table wait for somebody's lock. */
async function untilWaiting(table: string, count: number) {
  const waiting = "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like $1";
  const look = async () => (await pool.query(waiting, [`%"${table}"%`])).rowCount;
  await expect.poll(look, { timeout: 900, interval: 10 }).toBe(count);
}

test("of tags that are replaced at the same moment, one replacement stands whole", async () => {
  const { resultId, uploader } = await approvedResult();
  const ids = await Promise.all(["a", "b"].map((name) => made("/tags", { name: fresh(name) }, uploader.token)));
  const client = await transaction();
  await client.query("select from eosc_perf.result where id = $1 for update", [resultId]);
  const replacing = ids.map((id) =>
    call("PUT", `/results/${resultId}/tags`, { token: uploader.token, json: { tags_ids: [id] } }),
  );
  await untilWaiting("result_tags", ids.length);
  await client.query("commit");
  expect((await Promise.all(replacing)).map(({ status }) => status)).toEqual([204, 204]);
  const { json } = await call("GET", `/results/${resultId}`);
  const { tags } = Object(json);
  expect(tags).toHaveLength(1);
  expect(ids).toContain(tags[0].id);
});

test("a deletion that the database gives up for another's sake is done afterwards", async () => {
  const site = await made("/sites", { name: fresh("site"), address: "a" }, admin);
  const flavor = await made(`/sites/${site}/flavors`, { name: "f" }, admin);
  const client = await transaction();
  // Only the deletion shall find out that both wait for each other.
  await client.query("set local deadlock_timeout = '30s'");
  await client.query("select from eosc_perf.flavor where id = $1 for update", [flavor]);
  const deleting = said("DELETE", `/sites/${site}`, { token: admin });
  await untilWaiting("site", 1);
  await client.query("select from eosc_perf.site where id = $1 for update", [site]);
  await client.query("rollback");
  expect(await deleting).toEqual([204, undefined]);
  expect((await call("GET", `/flavors/${flavor}`)).status).toBe(404);
});
