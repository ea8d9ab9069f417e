import * as z from "zod";

/* The formats that JSON Schema names (draft 7), as the validator of KCIDB's own library understands them. */

const INSTANT =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-](0\d|1[0-5]):[0-5]\d)$/i;

/** An instant with its zone (RFC 3339). Years before 1 and zones beyond 15:59 do not exist in PostgreSQL. */
export const Instant = z.string().refine(isInstant, "must be a time with zone (RFC 3339)");

function isInstant(text: string): boolean {
  const parts = INSTANT.exec(text);
  if (parts === null) return false;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  return (
    year > 0 && day > 0 && day <= (month === 2 ? daysOfFebruary(year) : (month % 7) % 2 === 1 || month === 7 ? 31 : 30)
  );
}

function daysOfFebruary(year: number): number {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

const NAME = "[A-Za-z0-9\\-._~!$&'()*+,;=]|%[0-9A-Fa-f]{2}";
const CHARACTERS = `${NAME}|[:@]`;
const AUTHORITY = `//((?:${NAME}|:)*@)?((?:${NAME})*|\\[[0-9A-Fa-f:.]+\\])(:\\d*)?(?=[/?#]|$)`;
const URI_PARTS = new RegExp(
  `^[A-Za-z][A-Za-z0-9+.-]*:(${AUTHORITY}|(?!//))(?:${CHARACTERS}|/)*(\\?(?:${CHARACTERS}|[/?])*)?(#(?:${CHARACTERS}|[/?])*)?$`,
);

/** An absolute address (RFC 3986). */
export const Uri = z.string().regex(URI_PARTS, "must be a URI");

/** An address of a message or a person, no more exact than the original checks it. */
export const Email = z.string().refine((text) => text.includes("@"), "must be an e-mail address");

/** A text of at most so many characters; a character beyond 16 bits counts once, as PostgreSQL counts it. */
export function textUpTo(longest: number) {
  return z.string().refine((text) => text.length <= longest || [...text].length <= longest, {
    error: `must have at most ${longest} characters`,
  });
}
