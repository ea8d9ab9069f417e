const PARTS =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt _](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,6})\d*)?)?\s*([Zz]|[+-]\d\d:?\d\d|[+-]\d\d)?)?$/;
/** Above this a bare number is milliseconds, not seconds. */
const SECONDS_LIMIT = 20_000_000_000;

/**
 * A time as a query string gives it (ISO 8601, a date alone, or a number of seconds or milliseconds since 1970), as ISO text
 * in UTC with microseconds; undefined when it is none. Without a zone it is meant in UTC.
 */
export function instantOf(given: string): string | undefined {
  const text = given.trim();
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return isoOf(Math.abs(number) > SECONDS_LIMIT ? number : number * 1_000);
  }
  const [, year, month, day, hour = "00", minute = "00", second = "00", fraction = "", zone = "Z"] =
    PARTS.exec(text) ?? [];
  if (year === undefined) return undefined;
  const offset = offsetOf(zone);
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const local = Date.parse(`${iso}Z`);
  if (Number.isNaN(local) || offset === undefined || !new Date(local).toISOString().startsWith(iso)) return undefined;
  return isoOf(local - offset * 60_000, fraction.padEnd(6, "0"));
}

/** Minutes a zone is ahead of UTC; undefined when there is no such zone. */
function offsetOf(zone: string): number | undefined {
  if (/^z$/i.test(zone)) return 0;
  const [, sign, hours, minutes = "00"] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
  if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Only years from 1 to 9999 have four digits, which is all that a time in an answer can have. */
function isoOf(milliseconds: number, microseconds?: string): string | undefined {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year) || year < 1 || year > 9999) return undefined;
  const iso = date.toISOString();
  return microseconds === undefined ? iso : `${iso.slice(0, 19)}.${microseconds}Z`;
}
