import * as z from "zod";

/** A git commit may name any offset, and GitHub passes it on. */
const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:[Zz]|([+-])(\d\d):?(\d\d))$/;
const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59Z");

/**
 * A timestamp as GitHub writes it (`Z`, any offset, fractions, or integer seconds) as ISO 8601 UTC; fractions of a
 * second are cut (contract section 4). Years go from 1 to 9999.
 */
export const Instant = z.union([z.string(), z.number()], "must be an instant").transform((value, context) => {
  const ms = typeof value === "number" ? Math.floor(value) * 1_000 : parseWritten(value);
  if (ms >= FIRST_MS && ms <= LAST_MS) return new Date(ms).toISOString();
  context.addIssue("must be an instant of the years 1 to 9999");
  return z.NEVER;
});

/** The instant, or null when it is absent. */
export const OptionalInstant = Instant.nullish().transform((value) => value ?? null);

/** Milliseconds since 1970; NaN when the text is no instant. */
function parseWritten(text: string): number {
  const [written, year, month, day, hour, minute, second = "00", sign, offsetHours, offsetMinutes] =
    WRITTEN.exec(text) ?? [];
  if (written === undefined) return Number.NaN;
  const offsetMs = (Number(offsetHours ?? 0) * 60 + Number(offsetMinutes ?? 0)) * 60_000;
  const localMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return sign === "-" ? localMs + offsetMs : localMs - offsetMs;
}
