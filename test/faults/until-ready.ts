import { setTimeout as sleep } from "node:timers/promises";

const LONGEST_MS = 60_000;
const ANSWER_MS = 1_000;

/** Waits until an edge that was started again answers, a minute at most. */
export async function untilReady(edgeUrl: string): Promise<void> {
  const end = performance.now() + LONGEST_MS;
  while (!(await isReady(edgeUrl)) && performance.now() < end) await sleep(50);
}

async function isReady(edgeUrl: string): Promise<boolean> {
  try {
    const answer = await fetch(`${edgeUrl}/ready`, { signal: AbortSignal.timeout(ANSWER_MS) });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}
