import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, beforeEach, expect, inject, onTestFinished, test } from "vitest";
import { notify as verb } from "../../cli/kernelci/notify.ts";
import { openOutput } from "../../cli/output.ts";
import { storeSubscriptions } from "../../db/upserts/kernelci/subscriptions.ts";
import { startHealthChecks } from "../support/health-checks.ts";
import { kernelciCommand } from "../support/kernelci-command.ts";
import { brokenMainline, COMMITS, SUBSCRIPTIONS, URL_OF_MAINLINE } from "../support/kernelci-notified.ts";
import { storeTexts } from "../support/kernelci-seed.ts";
import { headerOf, untilMailed } from "../support/mails.ts";
import { outboxRows } from "../support/outbox.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const LONG = { timeout: 60_000 };
const scratch = scratchDatabase();

const notify = (...args: string[]) =>
  kernelciCommand("notify", args, { DATABASE_URL: scratch().url, KERNELCI_NOTIFICATIONS: "on" }).ended;

beforeAll(() =>
  scratch().db.transaction(async (tx) => {
    await storeTexts(tx, [JSON.stringify(brokenMainline())]);
    await storeSubscriptions(tx, SUBSCRIPTIONS);
  }),
);

beforeEach(async () => {
  for (const table of ["ledger.outbox", "kernelci.notifications_issue", "kernelci.notifications_checkout"])
    await scratch().pool.query(`delete from ${table}`);
});

test("a test mail goes to whom it is sent, with its thread, by the outbox and the consumer", LONG, async () => {
  const address = `${randomUUID()}@example.org`;
  const args = ["--to", `Somebody <${address}>`, "--in-reply-to", "<first@example.org>", "--send", "--yes"];
  const sent = await kernelciCommand("notify", ["fake_report", ...args], { ...inject("stack").functionEnv }).ended;
  expect(sent).toMatchObject({ code: 0, output: expect.stringContaining("Mails on their way: 1.") });
  const [mail] = await untilMailed(address, 1);
  const source = mail?.source ?? "";
  expect(mail?.subject).toBe("[IGNORE] Test report");
  expect(headerOf(source, "From")).toBe("KernelCI bot <bot@kernelci.org>");
  expect(headerOf(source, "To")).toBe(`Somebody <${address}>`);
  expect(headerOf(source, "In-Reply-To")).toBe("<first@example.org>");
  expect(headerOf(source, "Message-ID")).toMatch(/^<[0-9a-f-]{36}@kernelci\.org>$/);
});

test("a dry run prints mails and writes nothing", LONG, async () => {
  const { code, output } = await notify("new_issues", "--to", "somebody@example.org", "--update-storage");
  expect(code).toBe(0);
  expect(output).toMatch(/^Subject: new issues summary - \d{4}-\d\d-\d\d \d\d:\d\d UTC$/m);
  expect(await outboxRows(scratch().pool)).toEqual([]);
  expect((await scratch().pool.query("select from kernelci.notifications_issue")).rowCount).toBe(0);
});

test("reports are sent and noted, and those of another folder's subscribers with it", LONG, async () => {
  const folder = temporaryFolder(onTestFinished);
  const report = "  reports:\n    - all:\n      branch: master\n      recipients: [other@example.org]\n";
  writeFileSync(join(folder, "m.yaml"), `mainline:\n  url: ${URL_OF_MAINLINE}\n${report}`);
  const args = ["--summary-signup-folder", folder, "-u", "--send", "--yes"];
  const first = await notify("summary", ...args);
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("Mails on their way: 1 (within the hour") });
  expect(first.output).toContain(`To: other@example.org\nCc: \nSubject: [STATUS] mainline/master - ${COMMITS.new}\n`);
  expect(await outboxRows(scratch().pool)).toMatchObject([{ event: "summary", recipient: "other@example.org" }]);
  const second = await notify("summary", ...args);
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining("There is nothing to report.") });
});

test("--json gives the mails as one object", LONG, async () => {
  const { output } = await notify("fake_report", "--tree", "mainline", "--json");
  expect(JSON.parse(output.split("\n").find((line) => line.startsWith("{")) ?? "")).toEqual({
    action: "fake_report",
    reports: [{ subject: "[IGNORE] Test report", to: ["Everybody <everybody@example.org>"], cc: [], sent: false }],
  });
});

test.each([
  [{ argument: "spam" }, "The actions are new_issues, "],
  [{ argument: "issue_report" }, "Say either --id or --all."],
  [{ argument: "issue_report", id: "x", all: true }, "Say either --id or --all."],
  [{ argument: "test_report" }, "--id is missing"],
  [{ argument: "fake_report", to: "a@example.org, nobody" }, "--to must be email addresses"],
  [{ argument: "fake_report", cc: "a@example.org\r\nBcc: b@example.org" }, "--cc must be email addresses"],
  [{ argument: "fake_report", inReplyTo: "<a@b>\nBcc: c@example.org" }, "--in-reply-to must be a message id"],
])("%j is not carried out, and says why", async (given, why) => {
  await expect(verb.run(given, openOutput(true))).rejects.toThrow(why);
});

test("an action that there is not is a wrong command line", LONG, async () => {
  expect(await notify("spam")).toMatchObject({
    code: 2,
    output: expect.stringContaining("Usage: runledger kernelci notify"),
  });
});

test("where notifications are off, subscribers get nothing, but a dry run may be made", LONG, async () => {
  const off = (...args: string[]) => kernelciCommand("notify", args, { DATABASE_URL: scratch().url }).ended;
  expect(await off("new_issues", "--to", "a@example.org", "--send", "--yes")).toMatchObject({
    code: 2,
    output: expect.stringContaining("KERNELCI_NOTIFICATIONS=on"),
  });
  for (const argument of ["summary", "hardware_summary", "metrics_summary"])
    await expect(verb.run({ argument, send: true }, openOutput(true))).rejects.toThrow("KERNELCI_NOTIFICATIONS=on");
  expect((await off("summary", "--to", "a@example.org")).code).toBe(0);
  expect(await outboxRows(scratch().pool)).toEqual([]);
});

test("nothing is sent without a yes, nor to nobody", LONG, async () => {
  const asked = await notify("fake_report", "--to", "a@example.org", "--send");
  expect(asked).toMatchObject({ code: 2, output: expect.stringContaining("Say --yes to do it.") });
  const nobody = await notify("fake_report", "--send", "--yes");
  expect(nobody.output).toContain('Nobody gets "[IGNORE] Test report"');
  expect(await outboxRows(scratch().pool)).toEqual([]);
});

test("a health check is pinged before and after, and told of a failure", LONG, async () => {
  const checks = await startHealthChecks();
  onTestFinished(() => checks.stop());
  const env = {
    ...{ DATABASE_URL: scratch().url, KERNELCI_HEALTHCHECK_URL: checks.url },
    KERNELCI_HEALTHCHECK_IDS: '{"by-hand": "an-id"}',
  };
  const run = (...args: string[]) => kernelciCommand("notify", args, env).ended;
  expect((await run("fake_report", "--monitoring-id", "by-hand")).code).toBe(0);
  expect((await run("test_report", "--id", "none", "--monitoring-id", "by-hand")).code).toBe(1);
  expect(checks.pings).toEqual(["GET /an-id/start", "GET /an-id", "GET /an-id/start", "GET /an-id/fail"]);
  const unknown = await run("fake_report", "--monitoring-id", "other");
  expect(unknown).toMatchObject({ code: 0, output: expect.stringContaining("has no other: nothing is pinged") });
  expect(checks.pings).toHaveLength(4);
});
