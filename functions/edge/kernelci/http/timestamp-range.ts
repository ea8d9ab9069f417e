import { parseDecimal } from "../../decimal.ts";

const DAY_MS = 86_400_000;
const FIRST_SECOND = Date.parse("0001-01-01T00:00:00Z") / 1_000;
const LAST_SECOND = Date.parse("9999-12-31T23:59:59Z") / 1_000;

/** A range that cannot be understood; the message goes to the caller. */
export class TimestampFault extends Error {}

/**
 * `startTimestampInSeconds` and `endTimestampInSeconds` as ISO texts: the end defaults to now, the start to `days` days
 * before the end. Throws TimestampFault.
 */
export function timestampRange(query: URLSearchParams, days: number, now: Date): { since: string; until: string } {
  const end = secondsOf(query.getAll("endTimestampInSeconds").at(-1)) ?? now.getTime() / 1_000;
  const start = secondsOf(query.getAll("startTimestampInSeconds").at(-1)) ?? end - (days * DAY_MS) / 1_000;
  if (start > end) throw new TimestampFault("start_date must be before end_date");
  return { since: isoOf(start), until: isoOf(end) };
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = parseDecimal(text);
  if (seconds === undefined) throw new TimestampFault(`could not convert string to float: '${text}'`);
  return seconds;
}

/** Times before the year 1 and after 9999 cannot be told. */
function isoOf(seconds: number): string {
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) throw new TimestampFault("timestamp is out of range");
  const whole = Math.floor(seconds);
  const microseconds = String(Math.floor((seconds - whole) * 1e6)).padStart(6, "0");
  return `${new Date(whole * 1_000).toISOString().slice(0, 19)}.${microseconds}Z`;
}
