import { z } from "@hono/zod-openapi";
import { parseUuid } from "../../../formats/uuid.ts";
import { integerIn } from "./integer.ts";

const REQUIRED = "Missing data for required field.";
const NOT_NULL = "Field may not be null.";

/** The message of a value that is missing, null or of another type; the last says which type it should have. */
export function typeMessage(wrong: string): { error: (issue: { input?: unknown }) => string } {
  return { error: ({ input }) => (input === undefined ? REQUIRED : input === null ? NOT_NULL : wrong) };
}

/** PostgreSQL stores no NUL, and half a surrogate pair is no text. */
export const isStorable = (text: string) => !text.includes("\0") && text.isWellFormed();

/** Characters of a name or an address. Searches look at each of them once for each character of their terms. */
const MAX_NAME_LENGTH = 2_000;
/** Characters of a description or a message. */
export const MAX_PROSE_LENGTH = 10_000;

export const longerThan = (max: number) => `Longer than maximum length ${max}.`;

/** A text of at most so many characters, taken verbatim. For query parameters and for members of a body. */
export function text(description: string, maxLength = MAX_NAME_LENGTH) {
  const schema = z
    .string(typeMessage("Not a valid string."))
    .max(maxLength, longerThan(maxLength))
    .refine(isStorable, "Not a valid string.");
  return schema.openapi({ type: "string", description });
}

/** One of a few words. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T, description: string) {
  return z.enum(words, { error: `Must be one of: ${words.join(", ")}.` }).openapi({ description });
}

/** A decimal integer within bounds, both included; out of them `message` is said. */
function integer(bounds: { minimum: number; maximum?: number }, message: string, description: string) {
  const { minimum, maximum = Number.POSITIVE_INFINITY } = bounds;
  const schema = z.string().transform((given, context) => {
    const value = integerIn(given);
    if (value !== undefined && value >= minimum && value <= maximum) return value;
    const wrong = value === undefined ? "Not a valid integer." : message;
    context.issues.push({ code: "custom", message: wrong, input: given });
    return z.NEVER;
  });
  return schema.openapi({ type: "integer", ...bounds, description });
}

/** Page parameters of every list (section 1.3). */
export const PageQuery = {
  per_page: integer(
    { minimum: 1, maximum: 100 },
    "Must be greater than or equal to 1 and less than or equal to 100.",
    "items on a page at most",
  ).default(100),
  page: integer({ minimum: 1 }, "Must be greater than or equal to 1.", "page of the list, counted from 1").default(1),
};

/** A UUID in any of the usual notations, given on in lower case with hyphens. */
export function uuid(description: string) {
  const schema = z.string(typeMessage("Not a valid UUID.")).transform((given, context) => {
    const id = parseUuid(given);
    if (id !== undefined) return id;
    context.issues.push({ code: "custom", message: "Not a valid UUID.", input: given });
    return z.NEVER;
  });
  return schema.openapi({ type: "string", format: "uuid", description });
}

/** A calendar day, given on as YYYY-MM-DD (section 1.6). */
function day(description: string) {
  const schema = z.string().transform((given, context) => {
    const [, year = "", month = "", date = ""] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(given) ?? [];
    const iso = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
    const at = new Date(`${iso}T00:00:00Z`);
    if (Number(year) > 0 && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso)) return iso;
    context.issues.push({ code: "custom", message: "Not a valid date.", input: given });
    return z.NEVER;
  });
  return schema.openapi({ type: "string", format: "date", description });
}

/** `<what>_before` and `<what>_after`, both strict against midnight at the beginning of the day (section 1.6). */
export const UploadDays = {
  upload_before: day("uploaded before this day").optional(),
  upload_after: day("uploaded after the beginning of this day").optional(),
};
export const ExecutionDays = {
  execution_before: day("executed before this day").optional(),
  execution_after: day("executed after the beginning of this day").optional(),
};

/** Review status of what is listed (section 4). */
export const Status = oneOf(["on_review", "approved"], "review status").default("approved");

/** Characters of an order: that of results names paths. */
const MAX_ORDER_LENGTH = 10_000;

/** Order of a list (section 1.4); the plus sign must arrive percent-encoded. */
export function sortBy(fields: readonly string[], standard?: string) {
  const description = `keys, the first counts most: \`+\` (ascending) or \`-\` before each, commas between. Fields: ${fields.join(", ")}`;
  const order = text(description, MAX_ORDER_LENGTH);
  return standard === undefined ? order.optional() : order.default(standard);
}

/** Most terms, tags or filters of a list: each costs the database a part of its plan, or a look at each text. */
export const MAX_CONDITIONS = 32;
const MAX_TERM_LENGTH = 200;
/** Characters of all terms together. */
const MAX_TERMS_LENGTH = 1_000;

/** Search terms (section 1.5). */
export const Terms = z
  .array(text("a term", MAX_TERM_LENGTH))
  .max(MAX_CONDITIONS, longerThan(MAX_CONDITIONS))
  .refine((terms) => terms.join("").length <= MAX_TERMS_LENGTH, longerThan(MAX_TERMS_LENGTH))
  .default([])
  .openapi({ description: "each must be part of one of the texts searched; `%` and `_` stand for any text and sign" });
