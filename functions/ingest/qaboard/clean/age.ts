const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Milliseconds of each unit; a month has 31 days, a year 365 (contract section 12.4). */
const UNITS: readonly (readonly [names: readonly string[], ms: number])[] = [
  [["y", "year", "years"], 365 * DAY_MS],
  [["m", "month", "months"], 31 * DAY_MS],
  [["w", "week", "weeks"], 7 * DAY_MS],
  [["d", "day", "days"], DAY_MS],
  [["h", "hour", "hours"], HOUR_MS],
  [["min", "minute", "minutes"], 60_000],
  [["s", "second", "seconds"], 1_000],
];
const MAX_LENGTH = 100;
const PART = /^(\d{1,6}(?:\.\d{1,6})?) ?([a-z]+)(?: +|(?=\d)|$)/;

/** A length of time such as `1month`, `2months 20d` or `8h` in milliseconds; undefined for anything else. */
export function parseAge(text: string): number | undefined {
  if (text.length > MAX_LENGTH) return undefined;
  let total = 0;
  let rest = text.trim();
  if (rest === "") return undefined;
  while (rest !== "") {
    const [part, number, name = ""] = PART.exec(rest) ?? [];
    const unit = UNITS.find(([names]) => names.includes(name));
    if (part === undefined || unit === undefined) return undefined;
    total += Number(number) * unit[1];
    rest = rest.slice(part.length);
  }
  return total;
}
