import { expect, test } from "vitest";
import { freePort } from "../../../dev/ports.ts";
import { type MailStack, mailStackOfFile } from "../../support/mail-stack.ts";
import { headerOf, stubMailServer } from "../../support/mails.ts";
import { outboxRows, outboxStates } from "../../support/outbox.ts";

const LONG = { timeout: 120_000 };
const WAIT = { timeout: 40_000, interval: 100 };

const port = await freePort();
const stackOfFile = mailStackOfFile({ EOSC_PERF_MAIL_SERVER: "127.0.0.1", EOSC_PERF_MAIL_PORT: String(port) });

const addresses = (count: number) => Array.from({ length: count }, (_, i) => `user-${i}@example.org`);

const untilAll = ({ pool }: MailStack, state: string, count: number) =>
  expect.poll(() => outboxStates(pool), WAIT).toEqual({ [state]: count });

/** Messages in the queue, whatever their state. */
function messages({ stack }: MailStack): number {
  const { ready, delayed, inFlight } = stack.emulator.inspect("runledger");
  return ready + delayed + inFlight;
}

const recipients = (taken: readonly string[]) => taken.map((source) => headerOf(source, "To")).sort();

test("while the mail server is down mails wait, and none is lost or sent twice", LONG, async () => {
  const own = stackOfFile();
  const { pool, register } = own;
  const everybody = addresses(8);
  for (const address of everybody) expect(await register(address)).toBe(201);
  const most = async () => Math.max(...(await outboxRows(pool)).map(({ tries }) => tries));
  await expect.poll(most, WAIT).toBeGreaterThan(1);
  expect(await outboxStates(pool)).toEqual({ waiting: 8 });
  expect((await outboxRows(pool)).some(({ last_error }) => last_error?.includes("ECONNREFUSED"))).toBe(true);
  // However many wait, one message soon stands for all of them.
  await expect.poll(() => messages(own), WAIT).toBe(1);
  const server = await stubMailServer({ port });
  try {
    await untilAll(own, "sent", 8);
    await expect.poll(() => messages(own), WAIT).toBe(0);
    expect(recipients(server.taken)).toEqual(everybody);
  } finally {
    await server.stop();
  }
});

test("what the queue never told the consumer of, cron finds", LONG, async () => {
  const own = stackOfFile();
  const { stack, pool, register } = own;
  const server = await stubMailServer({ port });
  try {
    await stack.emulator.stop();
    expect(await register("late@example.org")).toBe(201);
    await stack.emulator.start();
    expect(await outboxStates(pool)).toEqual({ waiting: 1 });
    await stack.scheduled();
    await untilAll(own, "sent", 1);
    expect(recipients(server.taken)).toEqual(["late@example.org"]);
  } finally {
    await server.stop();
  }
});

test("a consumer that dies before it notes a sent mail sends it once more, as the same message", LONG, async () => {
  const own = stackOfFile();
  const { stack, pool, register } = own;
  let deaths = 0;
  const server = await stubMailServer({
    port,
    async onTaken() {
      if (deaths > 0) return;
      deaths += 1;
      stack.consumer.kill("SIGKILL");
    },
  });
  try {
    expect(await register("twice@example.org")).toBe(201);
    await untilAll(own, "sent", 1);
    const ids = server.taken.map((source) => headerOf(source, "Message-ID"));
    expect(ids).toEqual([ids[0], ids[0]]);
    expect(deaths).toBe(1);
    expect(await outboxRows(pool)).toHaveLength(1);
  } finally {
    await server.stop();
  }
});

test("a recipient the server refuses for good fails alone; one it refuses for now is tried again", LONG, async () => {
  const own = stackOfFile();
  const { pool, register } = own;
  let refusals = 0;
  const server = await stubMailServer({
    port,
    refuse(address) {
      if (address.startsWith("nobody")) return 550;
      if (!address.startsWith("later") || refusals > 1) return undefined;
      refusals += 1;
      return 450;
    },
  });
  try {
    for (const name of ["nobody", "later", "somebody"]) expect(await register(`${name}@example.org`)).toBe(201);
    const look = async () =>
      Object.fromEntries((await outboxRows(pool)).map(({ recipient, state }) => [recipient, state]));
    await expect.poll(look, WAIT).toEqual({
      "nobody@example.org": "failed",
      "later@example.org": "sent",
      "somebody@example.org": "sent",
    });
    expect(recipients(server.taken)).toEqual(["later@example.org", "somebody@example.org"]);
  } finally {
    await server.stop();
  }
});
