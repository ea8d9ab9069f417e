import { setTimeout as sleep } from "node:timers/promises";
import type { Pool } from "pg";
import type { Stack } from "../../dev/stack.ts";
import { keptIds, toldIds } from "./ids.ts";

const LONGEST_MS = 180_000;

/**
 * Waits until every accepted delivery is stored, repeated, refused or dead, and both queues are empty. Returns what is
 * still open after three minutes.
 */
export async function untilSettled(stack: Stack, pool: Pool, folder: string): Promise<string[]> {
  const end = Date.now() + LONGEST_MS;
  for (;;) {
    const open = await whatIsOpen(stack, pool, folder).catch((error: unknown) => [String(error)]);
    if (open.length === 0 || Date.now() > end) return open;
    await sleep(250);
  }
}

async function whatIsOpen(stack: Stack, pool: Pool, folder: string): Promise<string[]> {
  const { accepted, receipts } = toldIds(folder);
  const { stored, repeated, rejected, dead, mended } = await keptIds(pool);
  const keys = new Set([stored, rejected, dead].flatMap((ids) => [...ids.values()]));
  const unsettledKeys = [...accepted].filter((key) => !keys.has(key));
  const unsettledReceipts = [...receipts.keys()].filter(
    (id) => ![stored, repeated, rejected, dead, mended].some((ids) => ids.has(id)),
  );
  const left = (["runledger", "runledger-dead"] as const).flatMap((queue) => {
    const { ready, delayed, inFlight } = stack.emulator.inspect(queue);
    const count = ready + delayed + inFlight;
    return count === 0 ? [] : [`${count} messages are left in ${queue}`];
  });
  return [
    ...(unsettledKeys.length > 0 ? [`${unsettledKeys.length} keys never settled: ${unsettledKeys.slice(0, 5)}`] : []),
    ...(unsettledReceipts.length > 0
      ? [`${unsettledReceipts.length} receipts never settled: ${unsettledReceipts.slice(0, 5)}`]
      : []),
    ...left,
  ];
}
