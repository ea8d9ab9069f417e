import { afterEach, expect, test, vi } from "vitest";
import { pauseWhileAway } from "../../../functions/ingest/poll/pause.ts";

afterEach(() => void vi.useRealTimers());
const HOUR = 3_600_000;
const sentAt = (ms: number) => ({ Attributes: { SentTimestamp: String(ms) } });

test("in an outage of days the queue is received to its end every twelve hours, before it forgets messages", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const start = Date.now();
  const pause = pauseWhileAway(
    async () => false,
    () => {},
  );
  expect(await pause.mayReceive()).toBe(false);
  vi.setSystemTime(start + 11 * HOUR);
  expect(await pause.mayReceive()).toBe(false);
  vi.setSystemTime(start + 12 * HOUR + 1_000);
  expect(await pause.mayReceive()).toBe(true);
  pause.received([sentAt(start), sentAt(Date.now() + 1)]);
  expect(await pause.mayReceive()).toBe(true);
  pause.received([sentAt(Date.now() + 1)]);
  expect(await pause.mayReceive()).toBe(false);
  vi.setSystemTime(start + 24 * HOUR + 2_000);
  expect(await pause.mayReceive()).toBe(true);
  pause.received([]);
  expect(await pause.mayReceive()).toBe(false);
});
