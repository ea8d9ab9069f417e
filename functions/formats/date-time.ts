const DATE_TIME =
  /^(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,6})\d{0,6})?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/;
const DAY_MINUTES = 24 * 60;

/** A moment in UTC, to the microsecond, as PostgreSQL reads it; `zoned` says whether its offset was given. */
export type DateTime = { utc: string; zoned: boolean };

/** Reads ISO 8601 with `T` or a blank, seconds, fraction and offset optional; undefined for what is no moment. */
export function readDateTime(given: string): DateTime | undefined {
  const [, year = "", month, day, hour, minute, second = "0", fraction = "", offset] = DATE_TIME.exec(given) ?? [];
  if (month === undefined || year === "0000") return undefined;
  const two = (digits = "0") => digits.padStart(2, "0");
  const local = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.000Z`;
  const at = new Date(local);
  const minutes = offsetMinutes(offset);
  if (Number.isNaN(at.getTime()) || at.toISOString() !== local || minutes === undefined) return undefined;
  const utc = new Date(at.getTime() - minutes * 60_000).toISOString();
  if (!/^\d{4}-/.test(utc) || utc.startsWith("0000")) return undefined;
  return { utc: `${utc.slice(0, 19)}.${fraction.padEnd(6, "0")}`, zoned: offset !== undefined };
}

/** Minutes east of UTC; undefined for a day and more. */
function offsetMinutes(offset = "Z"): number | undefined {
  if (offset === "Z") return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(":", ""));
  if (minutes >= DAY_MINUTES) return undefined;
  return offset.startsWith("-") ? -minutes : minutes;
}

/** Whether a moment lies after `now`, by the microsecond. */
export function isAfter({ utc }: DateTime, now: Date): boolean {
  return utc > `${now.toISOString().slice(0, -1)}999`;
}
