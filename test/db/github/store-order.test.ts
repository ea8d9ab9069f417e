import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { mergeFacts } from "../../../db/upserts/github/facts.ts";
import { storeGithubFacts } from "../../../db/upserts/github/store.ts";
import { readConfig } from "../../../functions/ingest/config.ts";
import { githubWebhook } from "../../../functions/ingest/github/webhook.ts";
import { newReceiptId } from "../../../functions/messages/receipt-id.ts";
import { bodyOf, readSequences, type Sequence } from "../../conformance/github/sequence.ts";
import { scratchDatabase } from "../../support/scratch-database.ts";

const RECORDINGS = join(import.meta.dirname, "../../conformance/recordings/github/webhooks");
const VIEWS = ["repos", "branches", "commits", "workflows", "workflowruns", "attempts", "workflowjobs", "pulls"];
const TABLES = [
  "repos",
  "repo_names",
  "branches",
  "commits",
  "branch_commits",
  "workflows",
  "workflow_names",
  "runs",
  "run_counts",
  "heads",
  "attempts",
  "jobs",
  "pulls",
];

const scratch = scratchDatabase();
const config = readConfig(inject("stack").functionEnv);

/** The facts of each delivery that is taken, with arrivals in the recorded order. */
function factsOf({ deliveries }: Sequence) {
  return deliveries
    .filter((delivery) => delivery.expect_status === 200 && !delivery.redelivery)
    .map((delivery) => {
      const bytes = new Uint8Array(bodyOf(delivery));
      const envelope = {
        v: 1 as const,
        receiptId: newReceiptId(),
        source: "github",
        kind: "webhook",
        key: String(delivery.delivery_id),
        event: delivery.event,
        receivedAt: new Date().toISOString(),
        trace: "t",
        contentType: delivery.content_type ?? "application/json",
        sizeBytes: bytes.byteLength,
        replay: 0,
        body: { at: "inline" as const, base64: "" },
      };
      return githubWebhook.read(envelope, bytes, config).item;
    });
}
type Facts = ReturnType<typeof factsOf>[number];

async function rowsAfter(apply: (store: (facts: Facts[]) => Promise<void>) => Promise<void>) {
  const { pool, db } = scratch();
  await pool.query(`truncate ${TABLES.map((table) => `github.${table}`).join(", ")}`);
  await apply((facts) => db.transaction((tx) => storeGithubFacts(tx, mergeFacts(facts))));
  const rows: Record<string, string[]> = {};
  for (const view of VIEWS) {
    const { rows: found } = await pool.query(
      `select (to_jsonb(v) - 'id')::text as row from public.${view} v order by 1`,
    );
    rows[view] = found.map(({ row }) => row);
  }
  const { rows: heads } = await pool.query("select to_jsonb(h)::text as row from github.heads h order by 1");
  rows.heads = heads.map(({ row }) => row);
  const { rows: off } = await pool.query(`
    select * from (select repo_id, dimension, value, total from github.run_counts where total <> 0) kept
    full join (
      select repo_id, dimension, value, count(*)::bigint as total from github.runs
      cross join lateral (values ('all', ''), ('branch', branch), ('workflow', workflow_id::text), ('status', status), ('conclusion', conclusion)) as c(dimension, value)
      where value is not null group by 1, 2, 3
    ) recounted using (repo_id, dimension, value, total)
    where kept.repo_id is null or recounted.repo_id is null`);
  return { rows, miscounted: off };
}

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length < 2) return [[...list]];
  return list.flatMap((first, i) => permutations(list.toSpliced(i, 1)).map((rest) => [first, ...rest]));
}

/** Every order of up to four deliveries; of more, two dozen spread over all of them. */
function orders<T>(list: readonly T[]): T[][] {
  const all = permutations(list);
  const step = Math.max(1, Math.floor(all.length / 24));
  return all.filter((_, i) => i % step === 0);
}

const sequences = readSequences(RECORDINGS).filter(
  ({ name, deliveries }) => deliveries.length > 1 && !name.startsWith("huge"),
);

test.each(sequences.map((sequence) => [sequence.name, sequence] as const))(
  "%s: the same rows in any order, grouping and overlap",
  async (_, sequence) => {
    const facts = factsOf(sequence);
    const recorded = await rowsAfter(async (store) => {
      for (const one of facts) await store([one]);
    });
    expect(recorded.miscounted).toEqual([]);
    const ways = orders(facts).flatMap((order) => [
      async (store: (facts: Facts[]) => Promise<void>) => {
        for (const one of order) await store([one]);
      },
      async (store: (facts: Facts[]) => Promise<void>) => store(order),
      async (store: (facts: Facts[]) => Promise<void>) => {
        await Promise.all(order.map((one) => store([one])));
      },
    ]);
    for (const way of ways) expect(await rowsAfter(way)).toEqual(recorded);
  },
);
