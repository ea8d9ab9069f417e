import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, inject, onTestFinished, test } from "vitest";
import { startHealthChecks } from "../support/health-checks.ts";
import { kernelciCommand } from "../support/kernelci-command.ts";
import { brokenMainline, COMMITS, HARDWARE_FILE, TREE_FILE } from "../support/kernelci-notified.ts";
import { storeTexts } from "../support/kernelci-seed.ts";
import { headerOf, untilMailed } from "../support/mails.ts";
import { outboxRows } from "../support/outbox.ts";
import { scratchDatabase } from "../support/scratch-database.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const LONG = { timeout: 60_000 };
const scratch = scratchDatabase();
const folder = temporaryFolder(afterAll);

const notify = (...args: string[]) =>
  kernelciCommand("notify", args, { DATABASE_URL: scratch().url, KERNELCI_NOTIFICATIONS: "on" }).ended;

beforeAll(async () => {
  writeFileSync(join(folder, "mainline.yaml"), TREE_FILE);
  writeFileSync(join(folder, "board_hardware.yaml"), HARDWARE_FILE);
  await scratch().db.transaction((tx) => storeTexts(tx, [JSON.stringify(brokenMainline())]));
  const loaded = await kernelciCommand("subscriptions", [folder], { DATABASE_URL: scratch().url }).ended;
  expect(loaded).toMatchObject({ code: 0, output: expect.stringContaining("1 trees with 3 reports, and 1 platforms") });
});

beforeEach(async () => {
  for (const table of ["ledger.outbox", "kernelci.notifications_issue", "kernelci.notifications_checkout"])
    await scratch().pool.query(`delete from ${table}`);
});

const rowsOf = async (table: string) =>
  (
    await scratch().pool.query(
      `select * from kernelci.${table} order by ${table === "notifications_issue" ? "issue_id" : "id"}`,
    )
  ).rows;

test("a test mail goes to whom it is sent, with its thread, by the outbox and the consumer", LONG, async () => {
  const address = `${randomUUID()}@example.org`;
  const args = ["--to", `Somebody <${address}>`, "--in-reply-to", "<first@example.org>", "--send", "--yes"];
  const sent = await kernelciCommand("notify", ["fake_report", ...args], { ...inject("stack").functionEnv }).ended;
  expect(sent).toMatchObject({ code: 0, output: expect.stringContaining("1 mails are on their way.") });
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
  expect(await rowsOf("notifications_issue")).toEqual([]);
});

test("new issues go out once, and new build issues of maestro to the lists", LONG, async () => {
  const first = await notify("new_issues", "--to", "somebody@example.org", "--send", "--yes");
  expect(first).toMatchObject({ code: 0, output: expect.stringContaining("2 mails are on their way") });
  expect(first.output).toContain("Build regressions:\n\n#kernelci issue maestro:build-issue");
  expect(first.output).toContain("Boot regressions:\n\n#kernelci issue maestro:boot-issue");
  const { rows } = await scratch().pool.query("select event, recipient, about from ledger.outbox order by event desc");
  expect(rows.map(({ event, recipient }) => [event, recipient])).toEqual([
    ["new_issues", "somebody@example.org"],
    ["issue_report", "kernelci-results@groups.io"],
  ]);
  expect(rows[1].about).toMatchObject({
    subject: "[REGRESSION] mainline/master: (build)error: no such thing",
    cc: "regressions@lists.linux.dev\nEverybody <everybody@example.org>",
    replyTo: "kernelci@lists.linux.dev",
  });
  expect(await rowsOf("notifications_issue")).toMatchObject([
    { issue_id: "maestro:boot-issue", issue_type: "boot", notification_sent: null },
    { issue_id: "maestro:build-issue", issue_type: "build", notification_message_id: rows[1].about.messageId },
  ]);
  const second = await notify("new_issues", "--to", "somebody@example.org", "--send", "--yes");
  expect(second).toMatchObject({ code: 0, output: expect.stringContaining("There is nothing to report.") });
});

test("a build issue's report names its builds, and the commits between which it came", LONG, async () => {
  const { code, output } = await notify("issue_report", "--id", "maestro:build-issue", "--add-mailing-lists");
  expect(code).toBe(0);
  expect(output).toContain("Log excerpt:\n  first line\n  second line\n");
  expect(output).toContain("## defconfig on arm64\n- compiler: gcc-12");
  expect(output).toContain(`- last commit that built: ${COMMITS.old}`);
  expect(output).toContain(`#regzbot introduced: ${COMMITS.old}..${COMMITS.new}`);
  expect(output).toContain("Link: https://lore.kernel.org/all/not-sent@localhost/");
  const plain = await notify("issue_report", "--id", "maestro:build-issue", "--to", "a@example.org");
  expect(plain.output).not.toContain("regzbot");
  expect(plain.output).not.toContain("regressions@");
});

test("a boot issue's report names its platforms and the last pass", LONG, async () => {
  const args = ["--id", "maestro:boot-issue", "--to", "a@example.org", "-u", "--send", "--yes"];
  const { code, output } = await notify("issue_report", ...args);
  expect(code).toBe(0);
  expect(output).toContain("Subject: [REGRESSION] mainline/master: (boot)does not boot");
  expect(output).toContain("## board-1\n- test: boot\n- compatibles: vendor,board-1");
  expect(output).toContain(`- last pass: https://d.kernelci.org/test/maestro:old-boot\n  of commit ${COMMITS.old}`);
  expect(await rowsOf("notifications_issue")).toMatchObject([
    { issue_type: "boot", notification_sent: expect.any(Date) },
  ]);
});

test("--all reports each build issue that was not sent", LONG, async () => {
  await scratch().pool.query(`insert into kernelci.notifications_issue (issue_id, issue_version, issue_type)
    values ('maestro:build-issue', 1, 'build'), ('maestro:boot-issue', 1, 'boot')`);
  const args = ["issue_report", "--all", "--to", "a@example.org", "--update-storage", "--send", "--yes"];
  expect(await notify(...args)).toMatchObject({ code: 0, output: expect.stringContaining("1 mails are on their way") });
  expect(await notify(...args)).toMatchObject({ code: 0, output: expect.stringContaining("There is nothing") });
});

test("a summary goes to each report's recipients when its tests changed, once in 12 hours", LONG, async () => {
  const args = ["summary", "--to", "list@example.org", "--update-storage", "--send", "--yes"];
  const { code, output } = await notify(...args);
  expect(code).toBe(0);
  expect(output).toContain(`Subject: [STATUS] mainline/master - ${COMMITS.new}`);
  expect(output).toMatch(/^Builds: +1 ✅ +1 ❌ +0 ⚠️$/m);
  expect(output).toContain("- error: no such thing (new)");
  expect(output).toContain("Hardware: board-1\n- boot (defconfig, arm64/gcc-12)");
  expect(output).toContain("history: ✅ ❌");
  expect(output).not.toContain("kunit@example.org");
  const { rows } = await scratch().pool.query("select recipient, about from ledger.outbox");
  expect(rows.map(({ recipient, about }) => [recipient, about.cc])).toEqual([
    ["list@example.org", "Everybody <everybody@example.org>"],
  ]);
  expect(await rowsOf("notifications_checkout")).toMatchObject([
    { checkout_id: "maestro:new", git_repository_branch: "master", origin: "maestro", path: null },
  ]);
  expect(await notify(...args)).toMatchObject({ code: 0, output: expect.stringContaining("There is nothing") });
  const again = await notify(...args, "--skip-sent-reports");
  expect(again).toMatchObject({ code: 0, output: expect.stringContaining("1 mails are on their way") });
});

test("the summary of another folder's subscriptions says so, and leaves the stored ones alone", LONG, async () => {
  const other = temporaryFolder(afterAll);
  writeFileSync(
    join(other, "m.yaml"),
    TREE_FILE.replaceAll("everybody@", "other@").replace("path: [kunit%]", "always: true"),
  );
  const { output } = await notify("summary", "--to", "x@example.org", "--summary-signup-folder", other);
  expect(output).toContain("Cc: Everybody <other@example.org>");
  expect(output).toContain("Cc: kunit@example.org");
  expect((await notify("summary", "--to", "x@example.org")).output).toContain("Cc: Everybody <everybody@example.org>");
});

test("only reports of the origins asked for are made", LONG, async () => {
  const { output } = await notify("summary", "--summary-origins", "microsoft,arm", "--to", "x@example.org");
  expect(output).toContain("There is nothing to report.");
});

test("a board's failed tests go to who subscribed to it", LONG, async () => {
  const { code, output } = await notify("hardware_summary", "--send", "--yes");
  expect(code).toBe(0);
  expect(output).toMatch(/^To: board@example.org$/m);
  expect(output).toMatch(/^Subject: hardware board-1 summary - /m);
  expect(output).toMatch(/^Boots: +1 ✅ +1 ❌ +0 ⚠️$/m);
  expect(output).toContain(`## boot: 1 failed on mainline/master, commit ${COMMITS.new}`);
  expect(output).toContain("#kernelci test maestro:new-boot");
  expect((await outboxRows(scratch().pool)).map(({ event }) => event)).toEqual(["hardware_summary"]);
  const none = await notify("hardware_summary", "--hardware-origins", "arm");
  expect(none.output).toContain("There is nothing to report.");
});

test("the week's figures stand beside those of the week before", LONG, async () => {
  const { code, output } = await notify("metrics_summary", "--to", "x@example.org");
  expect([code, output]).toEqual([0, expect.any(String)]);
  expect(output).toMatch(/^Subject: KernelCI Metrics Report - /m);
  expect(output).toMatch(/^Checkouts +\d+ +0 +\+\d+$/m);
  expect(output).toMatch(/^lab-a \(new\) /m);
});

test("a test's report has its last runs", LONG, async () => {
  const { code, output } = await notify("test_report", "--id", "maestro:new-boot", "--add-mailing-lists");
  expect(code).toBe(0);
  expect(output).toContain("Subject: [BOOT REGRESSION] mainline/master: boot on board-1");
  expect(output).toContain("- history: ✅ → ❌ (newest last)");
  expect(output).toContain(`#regzbot introduced: ${COMMITS.old}..${COMMITS.new}`);
  const other = await notify("test_report", "--id", "maestro:new-kunit");
  expect(other.output).toContain("[TEST REGRESSION] mainline/master: kunit.first on board-1");
});

test("--json gives the mails as one object", LONG, async () => {
  const { output } = await notify("fake_report", "--tree", "mainline", "--json");
  expect(JSON.parse(output.split("\n").find((line) => line.startsWith("{")) ?? "")).toEqual({
    action: "fake_report",
    reports: [{ subject: "[IGNORE] Test report", to: ["Everybody <everybody@example.org>"], cc: [], sent: false }],
  });
});

test.each([
  [["spam"], "The actions are new_issues, "],
  [["issue_report"], "Say either --id or --all."],
  [["issue_report", "--id", "x", "--all"], "Say either --id or --all."],
  [["test_report"], "--id is missing"],
  [["fake_report", "--to", "a@example.org, nobody"], "--to must be email addresses"],
  [["fake_report", "--cc", "a@example.org\r\nBcc: b@example.org"], "--cc must be email addresses"],
  [["fake_report", "--in-reply-to", "<a@b>\nBcc: c@example.org"], "--in-reply-to must be a message id"],
])("%j is not carried out, and says why", LONG, async (args, why) => {
  expect(await notify(...args)).toMatchObject({ code: 2, output: expect.stringContaining(why) });
});

test("what is not stored cannot be reported", LONG, async () => {
  const none = await notify("issue_report", "--id", "maestro:none", "--send", "--yes");
  expect(none).toMatchObject({ code: 1, output: expect.stringContaining("No issue maestro:none") });
  const missing = await notify("test_report", "--id", "maestro:none");
  expect(missing).toMatchObject({ code: 1, output: expect.stringContaining("No test maestro:none is stored.") });
});

test("where notifications are off, subscribers get nothing, but a dry run may be made", LONG, async () => {
  const off = (...args: string[]) => kernelciCommand("notify", args, { DATABASE_URL: scratch().url }).ended;
  for (const action of ["new_issues", "summary"])
    expect(await off(action, "--to", "a@example.org", "--send", "--yes")).toMatchObject({
      code: 2,
      output: expect.stringContaining("KERNELCI_NOTIFICATIONS=on"),
    });
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
