import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { testPool } from "../../support/database.ts";
import { locationOf, look, replay, untilSettled } from "../../support/deliveries-api.ts";
import { deliver, freshRepository, workflowRun } from "../../support/github-delivery.ts";
import { metricsOf } from "../../support/metrics.ts";
import { ownEdge } from "../../support/own-edge.ts";
import { send } from "../../support/raw-queue.ts";

const pool = testPool();
const before = ownEdge();
const after = ownEdge();

test("what is settled is counted once, by source and outcome, and the figures fit the tables", async () => {
  const start = await metricsOf(before().url);
  const key = randomUUID();
  const payload = workflowRun(freshRepository());
  await untilSettled(locationOf(await deliver("workflow_run", payload, { key })));
  await untilSettled(locationOf(await deliver("workflow_run", payload, { key })));
  await untilSettled(locationOf(await deliver("star", {})));
  const refused = { workflow_run: 1, repository: {} };
  await untilSettled(locationOf(await deliver("workflow_run", refused)));
  await untilSettled(locationOf(await deliver("workflow_run", refused, { key })));
  await send(inject("stack").functionEnv.DEAD_LETTER_QUEUE_URL ?? "", "no envelope");
  const dead = "select count(*)::int as n from ledger.rejected where state = 'dead' and reason like '%not JSON%'";
  await expect.poll(async () => (await pool.query(dead)).rows[0].n).toBe(1);

  const end = await metricsOf(after().url);
  const grew = (name: string) => (end.get(name) ?? 0) - (start.get(name) ?? 0);
  expect(grew('runledger_deliveries_total{source="github",outcome="applied"}')).toBe(1);
  expect(grew('runledger_deliveries_total{source="github",outcome="repeat"}')).toBe(1);
  expect(grew('runledger_deliveries_total{source="github",outcome="repeat_differs"}')).toBe(1);
  expect(grew('runledger_deliveries_total{source="github",outcome="ignored"}')).toBe(1);
  expect(grew('runledger_rejected_total{source="github",state="rejected"}')).toBe(1);
  expect(grew('runledger_rejected_total{source="unknown",state="dead"}')).toBe(1);
  expect(grew("runledger_dead_letters")).toBe(1);
  expect(end.get('runledger_build_info{release="1.2.3"}')).toBe(1);
  expect(end.get("runledger_queue_up")).toBe(1);
  for (const state of ["visible", "in_flight", "delayed"])
    expect(end.get(`runledger_queue_messages{state="${state}"}`)).toBeGreaterThanOrEqual(0);
  const [p50, p95, p99] = ["0.5", "0.95", "0.99"].map((q) => end.get(`runledger_store_lag_seconds{quantile="${q}"}`));
  expect(p50).toBeGreaterThan(0);
  expect(p95).toBeGreaterThanOrEqual(p50 ?? 0);
  expect(p99).toBeGreaterThanOrEqual(p95 ?? 0);
  expect(p99).toBeLessThan(300);
});

test("counters grow as the tables do, though copies come at the same time and some are replayed", async () => {
  const counted = `
    select (select coalesce(sum(total), 0)::int from ledger.delivery_counts where outcome in ('applied', 'ignored')) as stored,
      (select coalesce(sum(total), 0)::int from ledger.delivery_counts where outcome = 'repeat') as repeats`;
  const rows = `
    select (select count(*)::int from ledger.inbox) as stored, (select count(*)::int from ledger.repeats) as repeats`;
  const totals = async () => (await Promise.all([pool.query(counted), pool.query(rows)])).map(({ rows: [row] }) => row);
  const [countedBefore, rowsBefore] = await totals();
  const copies = Array.from({ length: 12 }, () => [randomUUID(), workflowRun(freshRepository())] as const);
  const sent = [...copies, ...copies, ...copies].map(([key, payload]) => deliver("workflow_run", payload, { key }));
  const paths = (await Promise.all(sent)).map(locationOf);
  for (const path of paths) await untilSettled(path);
  for (const path of paths.slice(0, 3)) {
    const replayed = locationOf(await replay(path));
    await expect.poll(async () => (await look(replayed)).replays, { timeout: 20_000 }).toBe(1);
    await untilSettled(replayed);
  }
  const [countedAfter, rowsAfter] = await totals();
  expect([countedAfter.stored - countedBefore.stored, countedAfter.repeats - countedBefore.repeats]).toEqual([12, 24]);
  expect([rowsAfter.stored - rowsBefore.stored, rowsAfter.repeats - rowsBefore.repeats]).toEqual([12, 24]);
});

test("figures are kept for a while, so that a scraper costs little", async () => {
  const first = await metricsOf(after().url);
  await untilSettled(locationOf(await deliver("star", {})));
  expect(await metricsOf(after().url)).toEqual(first);
});
