import { beforeAll, beforeEach, expect, test } from "vitest";
import { storeSubscriptions } from "../../../../db/upserts/kernelci/subscriptions.ts";
import { findAddressees } from "../../../../functions/ingest/kernelci/notifications/addressees.ts";
import {
  type Asked,
  findReports,
  listParts,
  sendReports,
} from "../../../../functions/ingest/kernelci/notifications/perform.ts";
import {
  type ActionName,
  NO_REQUEST,
  NotFound,
  type Request,
} from "../../../../functions/ingest/kernelci/notifications/report.ts";
import { printMailbox } from "../../../../functions/ingest/mail/mailbox.ts";
import { functionConfig } from "../../../support/function-config.ts";
import { brokenMainline, COMMITS, SUBSCRIPTIONS } from "../../../support/kernelci-notified.ts";
import { storeTexts } from "../../../support/kernelci-seed.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

const scratch = scratchDatabase();

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

const ask = (action: ActionName, change: Partial<Request> = {}): Asked => ({
  action,
  request: { ...NO_REQUEST, ...change },
  settings: functionConfig(),
});

/** The mails that an action would send, in its order. */
async function made(action: ActionName, change: Partial<Request> = {}) {
  const asked = ask(action, change);
  const reports = [];
  for (const part of await listParts(scratch().db, asked))
    reports.push(...(await findReports(scratch().db, part, asked)));
  return reports.map((report) => {
    const { to, cc } = findAddressees(report, asked.request, asked.settings);
    const text = report.text("<own@example.org>");
    return { subject: report.subject, text, to: to.map(printMailbox), cc: cc.map(printMailbox) };
  });
}

/** What became of the mails of an action, by their subjects. */
async function sent(action: ActionName, change: Partial<Request> = {}) {
  const asked = ask(action, change);
  const outcomes = [];
  for (const part of await listParts(scratch().db, asked))
    for (const { report, queued } of await sendReports(scratch().db, part, asked))
      outcomes.push([report.subject, queued]);
  return outcomes;
}

const rowsOf = async (table: string, order: string) =>
  (await scratch().pool.query(`select * from kernelci.${table} order by ${order}`)).rows;

const TO = { to: ["list@example.org"] };
const BUILD_ISSUE = "[REGRESSION] mainline/master: (build)error: no such thing";
const STATUS = `[STATUS] mainline/master - ${COMMITS.new}`;

test("new issues go out once, and new build issues of maestro to the lists", async () => {
  const [summary, issue] = await made("new_issues", TO);
  expect(summary?.subject).toMatch(/^new issues summary - \d{4}-\d\d-\d\d \d\d:\d\d UTC$/);
  expect(summary?.to).toEqual(["list@example.org"]);
  expect(summary?.text).toContain(
    "Build regressions:\n\n#kernelci issue maestro:build-issue\n- comment: error: no such thing",
  );
  expect(summary?.text).toContain("Boot regressions:\n\n#kernelci issue maestro:boot-issue");
  expect(issue).toMatchObject({
    subject: BUILD_ISSUE,
    to: ["kernelci-results@groups.io"],
    cc: ["regressions@lists.linux.dev", "Everybody <everybody@example.org>"],
  });
  expect(await rowsOf("notifications_issue", "issue_id")).toEqual([]);
  expect(await sent("new_issues", TO)).toEqual([
    [expect.stringMatching(/^new issues/), "queued"],
    [BUILD_ISSUE, "queued"],
  ]);
  const { rows } = await scratch().pool.query("select about from ledger.outbox where event = 'issue_report'");
  expect(rows[0].about).toMatchObject({ replyTo: "kernelci@lists.linux.dev", inReplyTo: "" });
  expect(await rowsOf("notifications_issue", "issue_id")).toMatchObject([
    { issue_id: "maestro:boot-issue", issue_type: "boot", notification_sent: null },
    { issue_id: "maestro:build-issue", issue_type: "build", notification_message_id: rows[0].about.messageId },
  ]);
  expect(await sent("new_issues", TO)).toEqual([]);
});

test("an issue with an older incident is not new", async () => {
  await scratch().pool.query(
    "update kernelci.incidents set _timestamp = now() - interval '2 hours' where id = 'maestro:i1'",
  );
  try {
    const [summary, ...others] = await made("new_issues", TO);
    expect([summary?.text.includes("maestro:boot-issue"), summary?.text.includes("maestro:build-issue")]).toEqual([
      true,
      false,
    ]);
    expect(others).toEqual([]);
    expect(await made("new_issues", { ...TO, hours: 3 })).toHaveLength(2);
  } finally {
    await scratch().pool.query(
      "update kernelci.incidents set _timestamp = now() - interval '6 minutes' where id = 'maestro:i1'",
    );
  }
});

test("a build issue's report names its builds, and the commits between which it came", async () => {
  const [lists] = await made("issue_report", { id: "maestro:build-issue", addMailingLists: true });
  expect(lists?.text).toContain("Log excerpt:\n  first line\n  second line\n");
  expect(lists?.text).toContain("## defconfig on arm64\n- compiler: gcc-12");
  expect(lists?.text).toContain(`- last commit that built: ${COMMITS.old}`);
  expect(lists?.text).toContain(`#regzbot introduced: ${COMMITS.old}..${COMMITS.new}`);
  expect(lists?.text).toContain("Link: https://lore.kernel.org/all/own@example.org/");
  const [plain] = await made("issue_report", { id: "maestro:build-issue", ...TO });
  expect(plain?.text).not.toContain("regzbot");
  expect(plain?.cc).toEqual(["Everybody <everybody@example.org>"]);
  const [alone] = await made("issue_report", {
    id: "maestro:build-issue",
    ...TO,
    cc: ["c@example.org"],
    ignoreRecipients: true,
  });
  expect(alone?.cc).toEqual(["c@example.org"]);
});

test("a boot issue's report names its platforms and the last pass, and is noted when asked", async () => {
  const asked = { id: "maestro:boot-issue", ...TO };
  const [report] = await made("issue_report", asked);
  expect(report?.subject).toBe("[REGRESSION] mainline/master: (boot)does not boot");
  expect(report?.text).toContain("## board-1\n- test: boot\n- compatibles: vendor,board-1");
  expect(report?.text).toContain(
    `- last pass: https://d.kernelci.org/test/maestro:old-boot\n  of commit ${COMMITS.old}`,
  );
  await sent("issue_report", asked);
  expect(await rowsOf("notifications_issue", "id")).toEqual([]);
  await sent("issue_report", { ...asked, updateStorage: true });
  expect(await rowsOf("notifications_issue", "id")).toMatchObject([
    { issue_type: "boot", notification_sent: expect.any(Date) },
  ]);
});

test("a long comment is cut in the subject", async () => {
  await scratch().pool.query("update kernelci.issues set comment = repeat('x', 80) where id = 'maestro:build-issue'");
  try {
    const [report] = await made("issue_report", { id: "maestro:build-issue" });
    expect(report?.subject).toBe(`[REGRESSION] mainline/master: (build)${"x".repeat(67)}...`);
  } finally {
    await scratch().pool.query(
      "update kernelci.issues set comment = 'error: no such thing' where id = 'maestro:build-issue'",
    );
  }
});

test("without an id each build issue that was not sent is reported", async () => {
  await scratch().pool.query(`insert into kernelci.notifications_issue (issue_id, issue_version, issue_type)
    values ('maestro:build-issue', 1, 'build'), ('maestro:boot-issue', 1, 'boot'), ('maestro:left-out', 1, null)`);
  expect(await sent("issue_report", { ...TO, updateStorage: true })).toEqual([[BUILD_ISSUE, "queued"]]);
  expect(await sent("issue_report", { ...TO, updateStorage: true })).toEqual([]);
});

test("a summary goes to each report's recipients when its tests changed", async () => {
  const summaries = await made("summary", TO);
  // Tests of kunit always passed, and microsoft has no checkout.
  expect(summaries.map(({ subject, to, cc }) => [subject, to, cc])).toEqual([
    [STATUS, ["list@example.org"], ["Everybody <everybody@example.org>"]],
  ]);
  const text = summaries[0]?.text ?? "";
  expect(text).toMatch(/^Builds: +1 ✅ +1 ❌ +0 ⚠️$/m);
  expect(text).toMatch(/^Boots: +0 ✅ +1 ❌ +0 ⚠️$/m);
  expect(text).toMatch(/^Tests: +1 ✅ +0 ❌ +0 ⚠️$/m);
  expect(text).toContain("- error: no such thing (new)\n  1 builds: https://d.kernelci.org/issue/maestro:build-issue");
  expect(text).toContain("Hardware: board-1\n- boot (defconfig, arm64/gcc-12)");
  expect(text).toContain("history: ✅ ❌");
  expect(text).toContain("No fixed regressions.");
  expect(await made("summary", { ...TO, origins: ["microsoft", "arm"] })).toEqual([]);
});

test("a summary is sent once in 12 hours, unless asked otherwise", async () => {
  const asked = { ...TO, updateStorage: true };
  expect(await sent("summary", asked)).toEqual([[STATUS, "queued"]]);
  expect(await rowsOf("notifications_checkout", "id")).toMatchObject([
    { checkout_id: "maestro:new", git_repository_branch: "master", origin: "maestro", path: null },
  ]);
  expect(await sent("summary", asked)).toEqual([]);
  expect(await sent("summary", { ...asked, skipsSent: false })).toEqual([[STATUS, "queued"]]);
  await scratch().pool.query(
    "update kernelci.notifications_checkout set notification_sent = now() - interval '13 hours'",
  );
  expect(await sent("summary", asked)).toEqual([[STATUS, "queued"]]);
});

test("subscriptions that are given are read in place of the stored ones", async () => {
  const reports = SUBSCRIPTIONS.reports.map((report) => ({
    ...report,
    always: true,
    recipients: ["other@example.org"],
  }));
  const summaries = await made("summary", { ...TO, subscriptions: { ...SUBSCRIPTIONS, reports } });
  expect(summaries.map(({ cc }) => cc)).toEqual([
    ["Everybody <everybody@example.org>", "other@example.org"],
    ["other@example.org"],
  ]);
  expect(await made("summary", TO)).toHaveLength(1);
});

test("a board's failed tests go to who subscribed to it", async () => {
  const [report] = await made("hardware_summary");
  expect(report?.to).toEqual(["board@example.org"]);
  expect(report?.subject).toMatch(/^hardware board-1 summary - /);
  expect(report?.text).toMatch(/^Boots: +1 ✅ +1 ❌ +0 ⚠️$/m);
  expect(report?.text).toContain(`## boot: 1 failed on mainline/master, commit ${COMMITS.new}`);
  expect(report?.text).toContain("#kernelci test maestro:new-boot");
  expect(await made("hardware_summary", { origins: ["arm"] })).toEqual([]);
});

test("the week's figures stand beside those of the week before", async () => {
  // Those of today count tomorrow.
  const [report] = await made("metrics_summary", TO);
  expect(report?.subject).toMatch(/^KernelCI Metrics Report - /);
  expect(report?.text).toMatch(/^Checkouts +\d+ +0 +\+\d+$/m);
  expect(report?.text).toMatch(/^lab-a \(new\) /m);
});

test("a test's report has its last runs", async () => {
  const [boot] = await made("test_report", { id: "maestro:new-boot", addMailingLists: true });
  expect(boot?.subject).toBe("[BOOT REGRESSION] mainline/master: boot on board-1");
  expect(boot?.text).toContain("- history: ✅ → ❌ (newest last)");
  expect(boot?.text).toContain(`#regzbot introduced: ${COMMITS.old}..${COMMITS.new}`);
  const [other] = await made("test_report", { id: "maestro:new-kunit", ...TO });
  expect(other?.subject).toBe("[TEST REGRESSION] mainline/master: kunit.first on board-1");
  expect(other?.text).not.toContain("regzbot");
});

test("a mail of a key that is there already is not written again", async () => {
  const asked = ask("fake_report", TO);
  const keyOf = () => "kernelci/a-job/a-slot/fake_report";
  const queued = async () =>
    (await sendReports(scratch().db, "fake_report", asked, { keyOf })).map((one) => one.queued);
  expect([await queued(), await queued()]).toEqual([["queued"], ["repeat"]]);
});

test("what is not stored cannot be reported", async () => {
  await expect(made("issue_report", { id: "maestro:none" })).rejects.toThrow(NotFound);
  await expect(made("test_report", { id: "maestro:none" })).rejects.toThrow(NotFound);
  expect(await sent("fake_report")).toEqual([["[IGNORE] Test report", "nobody"]]);
});
