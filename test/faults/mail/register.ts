import { setTimeout as sleep } from "node:timers/promises";
import { clientFor } from "../eosc-perf/client.ts";
import type { Scene } from "../fault.ts";

const PEOPLE_A_SECOND = 20;
const MAX_TRIES = 60;
const SENT_WITHIN_MS = 180_000;

/** The settings that name a mail server. */
export const mailEnv = (port: number) => ({
  EOSC_PERF_MAIL_SERVER: "127.0.0.1",
  EOSC_PERF_MAIL_PORT: String(port),
  EOSC_PERF_MAIL_FROM: "perf@example.org",
});

/** Registers people at a steady rate, each of whom is mailed; their addresses. Comes again after 503 and after no answer. */
export async function registerPeople(scene: Scene, count: number): Promise<string[]> {
  const registered: string[] = [];
  const { wrong } = scene.sender;
  await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      await sleep((n * 1_000) / PEOPLE_A_SECOND);
      const person = await clientFor(scene, `person-${n}`);
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const { status = 0 } = (await person.write("POST", "/users:register")) ?? {};
        const isThere = status === 201 || (status === 409 && tries > 1);
        if (isThere) return void registered.push(`${person.sub}@example.org`);
        if (status !== 503 && status !== 0) return void wrong.push(`${person.sub} was answered with ${status}`);
        await sleep(1_000);
      }
      wrong.push(`${person.sub} was never registered`);
    }),
  );
  return registered;
}

/** Waits until no mail waits, having cron look for forgotten ones; what is left after three minutes. */
export async function untilMailed({ pool, stack }: Scene): Promise<string[]> {
  const end = performance.now() + SENT_WITHIN_MS;
  for (let turn = 1; ; turn += 1) {
    const { rows } = await pool.query<{ n: number }>(
      "select count(*)::int as n from ledger.outbox where state = 'waiting'",
    );
    const [{ n: left } = { n: 0 }] = rows;
    if (left === 0) return [];
    if (performance.now() > end) return [`${left} mails still wait`];
    await sleep(250);
    if (turn % 40 === 0) await stack.scheduled();
  }
}
