import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import type { Scene } from "../fault.ts";

const Answer = z.object({ id: z.string(), status: z.string() });
const GIVE_UP_MS = 120_000;

/** Posts a submission until it is taken, and notes the id it got. */
export async function submit({ stack, sender }: Scene, body: string): Promise<void> {
  const end = performance.now() + GIVE_UP_MS;
  for (;;) {
    const answer = await fetch(`${stack.edgeUrl}/kernelci/submit`, { method: "POST", body });
    const text = await answer.text();
    if (answer.status === 200)
      return sender.note(Answer.parse(JSON.parse(text)).id, "", answer.headers.get("location"), body);
    if (answer.status !== 503 || performance.now() > end)
      return void sender.wrong.push(`a submission was answered with ${answer.status}: ${text}`);
    await sleep(1_000);
  }
}

/** Submissions that their sender is not told to be stored. */
export async function notProcessed({ stack, pool }: Scene): Promise<string[]> {
  const { rows } = await pool.query<{ key: string }>("select key from ledger.inbox where source = 'kernelci'");
  const wrong = rows.map(async ({ key }) => {
    const answer = await fetch(`${stack.edgeUrl}/kernelci/status?id=${key}`);
    const { status } = Answer.parse(await answer.json());
    return status === "processed" ? [] : [`${key} is said to be ${status}`];
  });
  return (await Promise.all(wrong)).flat();
}
