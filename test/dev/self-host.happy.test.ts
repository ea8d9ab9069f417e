import { randomUUID } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, inject, test } from "vitest";
import { freePort } from "../../dev/ports.ts";
import { receiptOf } from "../support/database.ts";
import { freshRepository, sign, workflowRun } from "../support/github-delivery.ts";
import { spawnNode } from "../support/node-process.ts";
import { unreadQueue } from "../support/raw-queue.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const scratch = scratchDatabase();
const queueUrl = unreadQueue("self-host");
const deadLetterUrl = unreadQueue("self-host-dead");
const SECRET = "the secret of a lab";

/** A file as containers get their secrets. */
function secretFile(content: string): string {
  const file = join(temporaryFolder(), "secret");
  writeFileSync(file, `${content}\n`);
  return file;
}

test("on named services it migrates, serves and consumes, starts no own, and ends when told", async () => {
  const { pool, url: databaseUrl } = scratch();
  const { rows } = await pool.query(
    "select string_agg(quote_ident(nspname), ', ') as all from pg_namespace where nspname !~ '^(pg_|information_schema$|public$)'",
  );
  await pool.query(`drop schema ${rows[0]?.all} cascade`);
  const { functionEnv } = inject("stack");
  const port = await freePort();
  const folder = temporaryFolder();
  const { child, output, exited } = spawnNode(
    "dev/start.mjs",
    {
      DATABASE_URL_FILE: secretFile(databaseUrl),
      QUEUE_URL: queueUrl(),
      DEAD_LETTER_QUEUE_URL: deadLetterUrl(),
      OBJECTS_URL: functionEnv.OBJECTS_URL ?? "",
      AWS_REGION: functionEnv.AWS_REGION ?? "",
      AWS_ACCESS_KEY_ID: "x",
      AWS_SECRET_ACCESS_KEY: "x",
      QUEUE_WAIT_SECONDS: "2",
      GITHUB_WEBHOOK_SECRET_FILE: secretFile(SECRET),
      RUNLEDGER_DATA: folder,
      PORT: String(port),
    },
    ["--self-host"],
  );
  await expect.poll(() => output.stdout, { timeout: 20_000 }).toContain("Runledger is running");
  const body = JSON.stringify(workflowRun(freshRepository()));
  const headers = {
    "content-type": "application/json",
    "x-github-event": "workflow_run",
    "x-github-delivery": randomUUID(),
    "x-hub-signature-256": sign(body, SECRET),
  };
  const answer = await fetch(`http://127.0.0.1:${port}/github/webhook`, { method: "POST", headers, body });
  const stored = () => pool.query("select 1 from ledger.inbox where receipt_id = $1", [receiptOf(answer)]);
  await expect.poll(async () => (await stored()).rowCount, { timeout: 10_000 }).toBe(1);
  const clients = await pool.query(
    "select distinct application_name as name from pg_stat_activity where datname = $1",
    [new URL(databaseUrl).pathname.slice(1)],
  );
  expect(clients.rows.map(({ name }) => name)).toEqual(expect.arrayContaining(["runledger-consumer"]));
  child.kill("SIGTERM");
  expect(await exited).toBe(0);
  await expect(fetch(`http://127.0.0.1:${port}/health`)).rejects.toThrow();
  expect(output.stderr).toBe("");
  // Neither a database nor queues of its own.
  expect(readdirSync(folder)).toEqual(["secrets.env"]);
});
