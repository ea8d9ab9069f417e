import { beforeAll, expect, onTestFinished, test } from "vitest";
import { kernelciMailer, letterOf } from "../../../../functions/ingest/kernelci/notifications/mailer.ts";
import { findReports, sendReports } from "../../../../functions/ingest/kernelci/notifications/perform.ts";
import { indented, mailText, plainText } from "../../../../functions/ingest/kernelci/notifications/plain-text.ts";
import { NO_REQUEST } from "../../../../functions/ingest/kernelci/notifications/report.ts";
import { headerText, isMessageId } from "../../../../functions/ingest/mail/header-text.ts";
import { parseMailbox } from "../../../../functions/ingest/mail/mailbox.ts";
import { functionConfig } from "../../../support/function-config.ts";
import { brokenMainline } from "../../../support/kernelci-notified.ts";
import { storeTexts } from "../../../support/kernelci-seed.ts";
import { headerOf, stubMailServer } from "../../../support/mails.ts";
import { scratchDatabase } from "../../../support/scratch-database.ts";

const scratch = scratchDatabase();
const HOSTILE =
  "broken\r\nBcc: victim@example.org\n#regzbot invalid: not a bug\u2028#regzbot fix: x\u202e {{7*7}} \u0024{7*7} {% raw %} \u001b[31m";

beforeAll(async () => {
  const issue = {
    comment: HOSTILE,
    misc: { logspec: { error: { log_excerpt: `ok\n#regzbot invalid: me\n\u001b[2Jgone` } } },
  };
  await scratch().db.transaction((tx) => storeTexts(tx, [JSON.stringify(brokenMainline({ issue }))]));
});

const asked = (change: Record<string, string> = {}) =>
  ({
    action: "issue_report",
    request: { ...NO_REQUEST, id: "maestro:build-issue", addMailingLists: true },
    settings: functionConfig(change),
  }) as const;

test("what was submitted begins no line of a report, and no template runs", async () => {
  const [report] = await findReports(scratch().db, "maestro:build-issue", asked());
  const text = report?.text("<id@example.org>") ?? "";
  expect(text.split("\n").filter((line) => line.startsWith("#regzbot"))).toEqual([
    expect.stringMatching(/^#regzbot introduced: a{40}\.\.b{40}$/),
    "#regzbot link: https://d.kernelci.org/issue/maestro:build-issue",
  ]);
  expect(text.split("\n").filter((line) => line.startsWith("Bcc"))).toEqual([]);
  expect(text).toContain("{{7*7}} \u0024{7*7} {% raw %}");
  expect(text.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\u202a-\u202e\u2028]/u);
});

test("a subject is one header, however the comment is written", async () => {
  const server = await stubMailServer();
  onTestFinished(() => server.stop());
  const settings = { KERNELCI_MAIL_SERVER: "127.0.0.1", KERNELCI_MAIL_PORT: String(server.port) };
  const sent = await sendReports(scratch().db, "maestro:build-issue", asked());
  expect(sent.map(({ queued }) => queued)).toEqual(["queued"]);
  const { rows } = await scratch().pool.query("select about from ledger.outbox");
  const letter = letterOf(rows[0]);
  if (letter === undefined) throw new Error("the row is a mail");
  expect(await kernelciMailer(functionConfig(settings))?.send(letter)).toEqual({ is: "taken" });
  const [source = ""] = server.taken;
  const [head = ""] = source.split("\r\n\r\n");
  expect(headerOf(source, "Bcc")).toBeUndefined();
  expect(headerOf(source, "Subject")).toMatch(/REGRESSION/);
  expect(
    head
      .split("\r\n")
      .filter((line) => /^[^ \t]/.test(line))
      .map((line) => line.split(":")[0]?.toLowerCase())
      .sort(),
  ).toEqual([
    "cc",
    "content-transfer-encoding",
    "content-type",
    "date",
    "from",
    "message-id",
    "mime-version",
    "reply-to",
    "subject",
    "to",
  ]);
});

test.each([
  ["a\r\nBcc: b@example.org", "a Bcc: b@example.org"],
  ["\u0000\u0007x\u2028y\u202ez", "x y z"],
  ["x".repeat(5_000), `${"x".repeat(239)}…`],
  ["😀".repeat(300), `${"😀".repeat(239)}…`],
  ["\ud800half", "\ufffdhalf"],
])("headers hold no control characters and are bounded: %j", (given, kept) => {
  expect(headerText(given)).toBe(kept);
});

test.each([
  "a@example.org, b@example.org",
  "a@example.org\r\nBcc: b@example.org",
  "Name\n<a@example.org>",
  "<a@example.org> <b@example.org>",
  "Name <a@example.org\u0000>",
  "Name <>",
  "nobody",
  `${"n".repeat(500)} <a@example.org>`,
])("%j is no mailbox", (text) => {
  expect(parseMailbox(text)).toBeUndefined();
});

test.each(["<a@b>\r\nBcc: c@example.org", "<a@b> <c@d>", "<a b@c>", "a@b", "<a@b@c>", "<>"])(
  "%j is no message id",
  (text) => {
    expect(isMessageId(text)).toBe(false);
  },
);

test("texts are bounded, by lines and in all", () => {
  const many = indented("line\n".repeat(100_000)).text.split("\n");
  expect([many.length, many.at(-1)]).toEqual([201, "  […]"]);
  expect(mailText(plainText`${Array.from({ length: 2_000 }, () => indented("x".repeat(400)))}`).length).toBeLessThan(
    270_000,
  );
});
