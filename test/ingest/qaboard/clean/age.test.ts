import { expect, test } from "vitest";
import { parseAge } from "../../../../functions/ingest/qaboard/clean/age.ts";

const DAY_MS = 86_400_000;

test.each([
  ["1month", 31 * DAY_MS],
  ["1y", 365 * DAY_MS],
  ["2months 20d", 82 * DAY_MS],
  ["2weeks", 14 * DAY_MS],
  ["8h", DAY_MS / 3],
  ["1d12h", 1.5 * DAY_MS],
  ["0.5 day", DAY_MS / 2],
  ["2min4s", 124_000],
])("%s is %d ms", (text, ms) => expect(parseAge(text)).toBe(ms));

test.each(["", "soon", "1", "month", "1fortnight", "-1d", "1d,", "1 d d", "1e9d", "1d".repeat(51)])(
  "%j is no length of time",
  (text) => expect(parseAge(text)).toBeUndefined(),
);
