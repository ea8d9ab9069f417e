import * as z from "zod";
import { parseMailbox } from "../../../functions/ingest/mail/mailbox.ts";

const MAX_ITEMS = 1_000;

const expected = (what: string) => (issue: { input?: unknown }) => (issue.input === undefined ? "is missing" : what);

const text = z
  .string({ error: expected("must be a text, in quotes where it looks like something else") })
  .min(1, "must not be empty")
  .max(500, "must have at most 500 characters");

const recipients = z
  .array(
    z
      .string("must be an email address")
      .refine((given) => parseMailbox(given) !== undefined, "must be an email address, or Name <address>"),
    "must be a list of email addresses",
  )
  .max(MAX_ITEMS, `must have at most ${MAX_ITEMS} items`);

/** A pattern of LIKE, which cannot end with half an escape. */
const pattern = text.refine((given) => (/(?<!\\)\\*$/.exec(given)?.[0].length ?? 0) % 2 === 0, "must not end with \\");

const url = z.url({ protocol: /^(https?|git|ssh)$/, error: expected("must be a URL") }).max(2_000);

const origin = z
  .string("must be an origin")
  .regex(/^[a-z0-9_]+$/, "must be an origin")
  .default("maestro");

const Report = z.strictObject({
  label: z.string(),
  branch: text,
  origin,
  always: z.boolean("must be true or false").default(false),
  path: z.array(pattern, "must be a list of patterns").max(100, "must have at most 100 items").default([]),
  recipients: recipients.default([]),
  options: z
    .array(z.literal("ignore_default_recipients", "must be ignore_default_recipients"), "must be a list")
    .default([]),
});

const NAMES: readonly string[] = Object.keys(Report.shape).filter((name) => name !== "label");

/** A report's label is a key of its own, without a value, and says nothing. */
const LabelledReport = z
  .record(z.string(), z.unknown(), "must be a mapping")
  .transform((given, context) => {
    const [label = "", ...others] = Object.keys(given).filter((key) => !NAMES.includes(key) && given[key] === null);
    for (const key of others) context.addIssue({ code: "custom", path: [key], message: "is a second label" });
    if ((given.label ?? null) !== null)
      context.addIssue({ code: "custom", path: ["label"], message: "is not known here" });
    const named = Object.entries(given).filter(([key, value]) => NAMES.includes(key) || value !== null);
    return { ...Object.fromEntries(named), label };
  })
  .pipe(Report);

const mapping = <T extends z.ZodType>(value: T) =>
  z.record(text, value, "must be a mapping").refine((given) => Object.keys(given).length > 0, "must not be empty");

/** A file of trees: their repositories, who is told, and what of (contract part 09, subscription files). */
export const TreeFile = mapping(
  z.strictObject(
    {
      url,
      default_recipients: recipients.default([]),
      reports: z
        .array(LabelledReport, "must be a list")
        .max(MAX_ITEMS, `must have at most ${MAX_ITEMS} items`)
        .default([]),
    },
    "must be a mapping",
  ),
);

/** A file of hardware platforms: their labs, and who is told. */
export const HardwareFile = mapping(
  z.strictObject(
    {
      origin,
      labs: z.record(text, url, { error: expected("must be a mapping of lab names to URLs") }),
      default_recipients: recipients.default([]),
    },
    "must be a mapping",
  ),
);
