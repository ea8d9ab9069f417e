import { afterAll, beforeEach, expect, onTestFinished, test } from "vitest";
import { pooledDatabase } from "../../../../db/client.ts";
import { storeSubscriptions } from "../../../../db/upserts/kernelci/subscriptions.ts";
import { lambdaChild, selfHostChild } from "../../../../dev/consumer/child.ts";
import { freePort } from "../../../../dev/ports.ts";
import { latestSlots } from "../../../../functions/cron/notification-schedule.ts";
import type { NotificationJob } from "../../../../functions/messages/kernelci-notification.ts";
import { newReceiptId } from "../../../../functions/messages/receipt-id.ts";
import { packTask } from "../../../../functions/messages/task-message.ts";
import { s3Objects } from "../../../../functions/outside/object-store.ts";
import { sqsQueue } from "../../../../functions/outside/queue.ts";
import { startHealthChecks } from "../../../support/health-checks.ts";
import { brokenMainline, COMMITS, URL_OF_MAINLINE } from "../../../support/kernelci-notified.ts";
import { storeTexts } from "../../../support/kernelci-seed.ts";
import { mailStackOfFile } from "../../../support/mail-stack.ts";
import { headerOf, stubMailServer } from "../../../support/mails.ts";
import { outboxRows, outboxStates } from "../../../support/outbox.ts";
import { ANY_KEY } from "../../../support/queue-sender.ts";

const LONG = { timeout: 120_000 };
const WAIT = { timeout: 40_000, interval: 100 };

const port = await freePort();
const checks = await startHealthChecks();
afterAll(() => checks.stop());
const stackOfFile = mailStackOfFile({
  KERNELCI_NOTIFICATIONS: "on",
  KERNELCI_MAIL_SERVER: "127.0.0.1",
  KERNELCI_MAIL_PORT: String(port),
  KERNELCI_HEALTHCHECK_URL: checks.url,
  KERNELCI_HEALTHCHECK_IDS: '{"summary_maestro": "a-check"}',
});

const TREE = { file: "m.yaml", name: "mainline", url: URL_OF_MAINLINE, defaultRecipients: ["all@example.org"] };
const REPORT = {
  ...{ file: "m.yaml", tree: "mainline", position: 0, label: "", branch: "master", origin: "maestro", always: false },
  ...{ paths: [], recipients: [], ignoresDefaultRecipients: false },
};

beforeEach(async () => {
  const { pool, stack } = stackOfFile();
  for (const table of ["notification_slots", "notifications_issue", "notifications_checkout"])
    await pool.query(`delete from kernelci.${table}`);
  checks.pings.length = 0;
  const { db, end } = pooledDatabase(stack.databaseUrl, stack.neonProxy, 1);
  await db.transaction(async (tx) => {
    await storeTexts(tx, [JSON.stringify(brokenMainline())]);
    await storeSubscriptions(tx, { trees: [TREE], reports: [REPORT], hardware: [] });
  });
  await end();
});

const slotOf = (wanted: NotificationJob) => latestSlots(new Date()).find(({ job }) => job === wanted)?.slot ?? "";

async function sendJob(job: NotificationJob, slot = slotOf(job)): Promise<void> {
  const { stack } = stackOfFile();
  const credentials = { region: "eu-central-1", ...ANY_KEY };
  const body = { v: 1, job, slot, after: null };
  const task = { id: newReceiptId(), source: "kernelci", kind: "notification", trace: "a test", body };
  await sqsQueue(stack.queueUrl, credentials).send(await packTask(task, s3Objects(stack.bucketUrl, credentials)));
}

async function doneSlots(): Promise<Record<string, string>> {
  const { rows } = await stackOfFile().pool.query<{ job: string; slot: Date }>(
    "select * from kernelci.notification_slots",
  );
  return Object.fromEntries(rows.map(({ job, slot }) => [job, slot.toISOString()]));
}

async function mailServer(options: Parameters<typeof stubMailServer>[0] = {}) {
  const server = await stubMailServer({ port, ...options });
  onTestFinished(() => server.stop());
  return server;
}

test("a job that was never scheduled begins with its next slot", LONG, async () => {
  const { stack, pool } = stackOfFile();
  const slots = Object.fromEntries(latestSlots(new Date()).map(({ job, slot }) => [job, slot]));
  await stack.scheduled();
  expect(await doneSlots()).toEqual(slots);
  expect(await outboxRows(pool)).toEqual([]);
});

test("slots that were missed are caught up once, by the latest", LONG, async () => {
  const { stack, pool } = stackOfFile();
  const server = await mailServer();
  await stack.scheduled();
  await pool.query(
    "update kernelci.notification_slots set slot = now() - interval '5 days' where job = 'summary_maestro'",
  );
  await stack.scheduled();
  await expect
    .poll(async () => [await outboxStates(pool), (await doneSlots()).summary_maestro], WAIT)
    .toEqual([{ sent: 1 }, slotOf("summary_maestro")]);
  const [source = ""] = server.taken;
  expect(headerOf(source, "Subject")).toBe(`[STATUS] mainline/master - ${COMMITS.new}`);
  expect(headerOf(source, "To")).toBe("kernelci-results@groups.io");
  expect(headerOf(source, "Cc")).toBe("all@example.org");
  expect(headerOf(source, "Reply-To")).toBe("kernelci@lists.linux.dev");
  await expect.poll(() => checks.pings, WAIT).toEqual(["GET /a-check/start", "GET /a-check"]);
  await stack.scheduled();
  await stack.scheduled();
  expect(await outboxStates(pool)).toEqual({ sent: 1 });
  const { rows } = await pool.query("select notification_message_id as id from kernelci.notifications_checkout");
  expect(rows).toEqual([{ id: headerOf(source, "Message-ID") }]);
});

test("new issues of the hours since the last slot are told", LONG, async () => {
  const { pool } = stackOfFile();
  const server = await mailServer();
  await pool.query("insert into kernelci.notification_slots values ('new_issues', now() - interval '20 hours')");
  await pool.query("update kernelci.issues set _timestamp = now() - interval '10 hours'");
  await pool.query("update kernelci.incidents set _timestamp = now() - interval '10 hours'");
  await sendJob("new_issues");
  await expect.poll(() => outboxStates(pool), WAIT).toEqual({ sent: 2 });
  expect(server.taken.map((source) => headerOf(source, "Subject")).sort()).toEqual([
    "[REGRESSION] mainline/master: (build)error: no such thing",
    expect.stringMatching(/^new issues summary - /),
  ]);
});

test("two consumers that do the same job at once send one mail", LONG, async () => {
  const { stack, pool } = stackOfFile();
  const server = await mailServer();
  await stack.consumer.stop();
  for (const job of ["summary_maestro", "new_issues"] as const)
    for (let times = 0; times < 4; times += 1) await sendJob(job);
  const start = stack.mode === "node" ? selfHostChild : lambdaChild;
  const second = start({ env: { ...stack.functionEnv }, onLog: () => {} });
  onTestFinished(() => second.stop());
  await Promise.all([stack.consumer.start(), second.start()]);
  await expect
    .poll(async () => [await outboxStates(pool), Object.keys(await doneSlots()).sort()], WAIT)
    .toEqual([{ sent: 3 }, ["new_issues", "summary_maestro"]]);
  const inQueue = () => Object.values(stack.emulator.inspect("runledger")).reduce((sum, n) => sum + n, 0);
  await expect.poll(inQueue, WAIT).toBe(0);
  expect(server.taken).toHaveLength(3);
});

test("a consumer killed between the commit and the sending loses no mail and sends none twice", LONG, async () => {
  const { stack, pool } = stackOfFile();
  await sendJob("summary_maestro");
  // Nobody takes mails yet: what is committed waits.
  await expect.poll(async () => (await outboxRows(pool)).map(({ state }) => state), WAIT).toEqual(["waiting"]);
  stack.consumer.kill("SIGKILL");
  const server = await mailServer();
  // Were the message lost with the consumer, cron would find the mail.
  await stack.scheduled();
  await expect.poll(() => outboxStates(pool), WAIT).toEqual({ sent: 1 });
  expect(await doneSlots()).toMatchObject({ summary_maestro: slotOf("summary_maestro") });
  await sendJob("summary_maestro");
  const inQueue = () => Object.values(stack.emulator.inspect("runledger")).reduce((sum, n) => sum + n, 0);
  await expect.poll(inQueue, WAIT).toBe(0);
  expect(server.taken).toHaveLength(1);
});

test("a job whose reports cannot be made is not done, and tells the health check", LONG, async () => {
  const { pool, stack } = stackOfFile();
  await mailServer();
  await pool.query("alter table kernelci.notifications_checkout rename to set_aside");
  try {
    await sendJob("summary_maestro");
    await expect.poll(() => checks.pings, WAIT).toContain("GET /a-check/fail");
    expect(await doneSlots()).toEqual({});
  } finally {
    await pool.query("alter table kernelci.set_aside rename to notifications_checkout");
  }
  await expect.poll(async () => Object.keys(await doneSlots()), WAIT).toEqual(["summary_maestro"]);
  await expect.poll(() => outboxStates(pool), WAIT).toEqual({ sent: 1 });
  expect(stack.emulator.inspect("runledger-dead").ready).toBe(0);
});
