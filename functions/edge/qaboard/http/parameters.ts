import { z } from "@hono/zod-openapi";

/** A query parameter; of one that is repeated, the first value counts. */
export function query(description: string) {
  return z
    .union([z.string(), z.array(z.string()).transform(([first = ""]) => first)])
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "holds a character that cannot be stored")
    .openapi({ type: "string", description });
}

/** A part of the path that may be asked the database for. */
export function segment(description: string) {
  return z
    .string()
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "holds a character that cannot be stored")
    .openapi({ description });
}

export const Project = query("id of the project");

/** Names of an object's members: `{"loss": 0}` asks for `loss`. */
export const Metrics = query("JSON object whose names are the metrics to aggregate (contract section 3.2)")
  .default("{}")
  .transform((text, context) => {
    const read = z.record(z.string(), z.unknown()).safeParse(parseJson(text === "" ? "{}" : text));
    if (read.success) return Object.keys(read.data);
    context.issues.push({ code: "custom", message: "must be a JSON object", input: text });
    return z.NEVER;
  });

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Only the batch of this label is shown; "" is none. */
export const BatchLabel = query("shows only the batch of this label")
  .optional()
  .transform((label) => label || undefined);

/** An instant as the web application writes it, with a fraction of a second. */
export const Instant = query("as 2026-03-05T00:00:00.000Z, the fraction included")
  .refine(
    (text) => /^\d{4}-\d{1,2}-\d{1,2}T\d{1,2}:\d{1,2}:\d{1,2}\.\d{1,6}Z$/.test(text),
    "must be like 2026-03-05T00:00:00.000Z",
  )
  .openapi({
    pattern: "^\\d{4}-\\d{1,2}-\\d{1,2}T\\d{1,2}:\\d{1,2}:\\d{1,2}\\.\\d{1,6}Z$",
    example: "2026-03-05T00:00:00.000Z",
  })
  .optional();
