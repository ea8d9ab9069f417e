import { randomUUID } from "node:crypto";
import { expect, inject, test } from "vitest";
import { kernelciCommand } from "../support/kernelci-command.ts";
import { headerOf, untilMailed } from "../support/mails.ts";

const LONG = { timeout: 60_000 };
const notify = (...args: string[]) => kernelciCommand("notify", args, { ...inject("stack").functionEnv }).ended;

test("a test mail goes to whom it is sent, with its thread, by the outbox and the consumer", LONG, async () => {
  const address = `${randomUUID()}@example.org`;
  const args = ["--to", `Somebody <${address}>`, "--in-reply-to", "<first@example.org>", "--send", "--yes"];
  expect(await notify("fake_report", ...args)).toMatchObject({
    code: 0,
    output: expect.stringContaining("1 mails are on their way."),
  });
  const [mail] = await untilMailed(address, 1);
  const source = mail?.source ?? "";
  expect(mail?.subject).toBe("[IGNORE] Test report");
  expect(headerOf(source, "From")).toBe("KernelCI bot <bot@kernelci.org>");
  expect(headerOf(source, "To")).toBe(`Somebody <${address}>`);
  expect(headerOf(source, "In-Reply-To")).toBe("<first@example.org>");
  expect(headerOf(source, "Message-ID")).toMatch(/^<[0-9a-f-]{36}@kernelci\.org>$/);
});
