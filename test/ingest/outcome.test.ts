import { expect, test } from "vitest";
import { outageSeconds, waitOut } from "../../functions/ingest/outcome.ts";

const settings = { RETRY_BASE_SECONDS: 5, QUEUE_MAX_RECEIVES: 8 };
const DAY_MS = 86_400_000;
const waited = (days: number, receives = 1, base = 5) =>
  waitOut({ receives, firstSentMs: Date.now() - days * DAY_MS, isSentOn: true }, "away", {
    ...settings,
    RETRY_BASE_SECONDS: base,
  }).is;

test("the delay grows with the age of the message, from the base to what the queue allows", () => {
  expect([0, 20, 60, 600, 3_600, 90_000].map((age) => outageSeconds(age, 5))).toEqual([5, 5, 15, 150, 900, 900]);
});

test("every delay is scaled by RETRY_BASE_SECONDS", () => {
  expect([0, 20, 60, 90_000].map((age) => outageSeconds(age, 0.1))).toEqual([1, 5, 15, 18]);
});

test("a message waits for an outage as long as both queues keep messages, then it is handed back", () => {
  expect([0, 4, 17.9, 18].map((days) => waited(days))).toEqual(["away", "away", "away", "retry"]);
  expect([0.17, 0.19].map((days) => waited(days, 1, 0.05))).toEqual(["away", "retry"]);
});

test("a message that used up all receives by itself is handed back", () => {
  expect([8, 9].map((receives) => waited(1, receives))).toEqual(["away", "retry"]);
});
