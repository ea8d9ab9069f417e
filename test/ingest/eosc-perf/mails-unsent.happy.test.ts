import { expect, test } from "vitest";
import { readConfig } from "../../../functions/ingest/config.ts";
import { readConsumerConfig } from "../../../functions/ingest/poll/config.ts";
import { mailStack } from "../../support/mail-stack.ts";
import { outboxStates } from "../../support/outbox.ts";

test("without a mail server mails are kept as not sent, and logged", { timeout: 60_000 }, async () => {
  // Named, but as nothing: so the embedded stack starts no mail server either.
  const { pool, log, stack, register } = await mailStack({ EOSC_PERF_MAIL_SERVER: " " });
  expect(stack.mailsUrl).toBeUndefined();
  expect(await register("somebody@example.org")).toBe(201);
  await expect.poll(() => outboxStates(pool), { timeout: 20_000, interval: 50 }).toEqual({ not_sent: 1 });
  const lines = log.filter((line) => line.includes('"mail not sent"'));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('"mailEvent":"registered"');
});

const BASE = {
  DATABASE_URL: "postgres://localhost/x",
  QUEUE_URL: "http://localhost/q",
  DEAD_LETTER_QUEUE_URL: "http://localhost/d",
  OBJECTS_URL: "http://localhost/o",
  AWS_REGION: "-",
  AWS_ACCESS_KEY_ID: "-",
  AWS_SECRET_ACCESS_KEY: "-",
};

test.each([
  [{ EOSC_PERF_MAIL_SERVER: "mail.example.org" }, /EOSC_PERF_MAIL_FROM: must be set/],
  [{ EOSC_PERF_MAIL_FROM: "a@example.org\r\nBcc: b@example.org" }, /EOSC_PERF_MAIL_FROM: must be an email address/],
  [{ EOSC_PERF_MAIL_SUPPORT: "team" }, /EOSC_PERF_MAIL_SUPPORT: must be an email address/],
  [{ EOSC_PERF_MAIL_USER: "me" }, /EOSC_PERF_MAIL_PASSWORD: is set together/],
  [{ EOSC_PERF_MAIL_USER: "me", EOSC_PERF_MAIL_PASSWORD: "secret" }, /EOSC_PERF_MAIL_TLS: must not be off/],
  [{ EOSC_PERF_MAIL_PORT: "0" }, /EOSC_PERF_MAIL_PORT/],
])("%j is refused at the start", (settings, reason) => {
  const problemOf = (read: () => unknown) => {
    try {
      read();
      return "";
    } catch (error) {
      return error instanceof Error && "problems" in error ? String(error.problems) : String(error);
    }
  };
  expect(problemOf(() => readConfig({ ...BASE, ...settings }))).toMatch(reason);
  expect(problemOf(() => readConsumerConfig({ ...BASE, ...settings }))).toMatch(reason);
});
