import { expect, test } from "vitest";
import { isMailAddress } from "../../../functions/ingest/mail/address.ts";
import { mailStack } from "../../support/mail-stack.ts";
import { headerOf, mailsTo } from "../../support/mails.ts";
import { outboxRows, outboxStates } from "../../support/outbox.ts";

const LONG = { timeout: 120_000 };
const WAIT = { timeout: 40_000, interval: 100 };

const HOSTILE = [
  "a@example.org\r\nBcc: victim@example.org",
  "a@example.org\nSubject: hello",
  "a@example.org, victim@example.org",
  "<a@example.org> victim@example.org",
  "a@example.org>\r\nRCPT TO:<victim@example.org",
  "a@example.org\u2028Bcc: victim@example.org",
  "victim@example.org\u0000",
  '"a\r\nBcc: victim@example.org"@example.org',
  "not an address",
  "@example.org",
  `${"a".repeat(300)}@example.org`,
  "=?utf-8?q?a=0aBcc=3a_victim?=@example.org x",
];

test.each(HOSTILE)("%j is no address", (text) => expect(isMailAddress(text)).toBe(false));

test.each(["a@example.org", "a.b+c_d@sub.example.org", "o'brien@example.org", "jürgen@exämple.org"])(
  "%s is an address",
  (text) => expect(isMailAddress(text)).toBe(true),
);

test("an issuer's address that would inject headers or recipients is never written to", LONG, async () => {
  const { stack, pool, log, register } = await mailStack();
  const statuses = [];
  for (const email of HOSTILE) statuses.push(await register(email));
  expect(await register("honest@example.org", 'so called\r\nBcc: victim@example.org <"@>')).toBe(201);
  const storable = statuses.filter((status) => status === 201).length;
  // NUL cannot be stored: such user info has no address.
  expect(storable).toBe(HOSTILE.length - 1);
  await expect.poll(() => outboxStates(pool), WAIT).toEqual({ failed: storable, sent: 1 });
  const mails = await mailsTo("honest@example.org", stack.mailsUrl);
  expect(mails.map(({ to, source }) => [to, headerOf(source, "Bcc")])).toEqual([[["honest@example.org"], undefined]]);
  const all = await (await fetch(`${stack.mailsUrl}/mails`)).text();
  expect(all).not.toContain("victim");
  expect((await outboxRows(pool)).every(({ recipient, state }) => state === "failed" || isMailAddress(recipient))).toBe(
    true,
  );
  // Logs are no place for people's addresses.
  expect(log.join("\n")).not.toMatch(/honest@|victim@/);
});

test("the page of mails shows what was written, and runs none of it", LONG, async () => {
  const { stack, pool, register } = await mailStack();
  expect(await register("<b>@example.org")).toBe(201);
  expect(await register("x&y='<script>'@example.org")).toBe(201);
  expect(await register("amp&quote'@example.org")).toBe(201);
  await expect.poll(() => outboxStates(pool), WAIT).toEqual({ failed: 2, sent: 1 });
  const answer = await fetch(stack.mailsUrl ?? "");
  const page = await answer.text();
  expect(page).toContain("amp&amp;quote&#39;@example.org");
  expect(page).not.toMatch(/<script|<b>/);
  expect(answer.headers.get("content-security-policy")).toBe("default-src 'none'; style-src 'unsafe-inline'");
});
