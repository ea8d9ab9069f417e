import { z } from "@hono/zod-openapi";
import { type DateTime, isAfter, readDateTime } from "../../../formats/date-time.ts";
import { refusedFor } from "../http/errors.ts";
import { typeMessage } from "../http/parameters.ts";

/** A date-time of contract section 8; whether it has an offset is looked at later, by `executedAt`. */
export const ExecutionDatetime = z
  .string(typeMessage("Not a valid datetime."))
  .transform((given, context): DateTime => {
    const read = readDateTime(given);
    if (read !== undefined) return read;
    context.issues.push({ code: "custom", message: "Not a valid datetime.", input: given });
    return z.NEVER;
  })
  .openapi({
    type: "string",
    format: "date-time",
    description: "when the benchmark was run: ISO 8601 with an offset, not in the future",
  });

/** The moment of an execution; throws a Refusal for one without offset, or in the future. */
export function executedAt(at: DateTime): string {
  if (!at.zoned) throw refusedFor(422, "Execution date must include timezone");
  if (isAfter(at, new Date())) throw refusedFor(422, "Execution date cannot be in future");
  return at.utc;
}
