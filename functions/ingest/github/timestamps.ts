import * as z from "zod";

/**
 * A timestamp as GitHub writes it (`Z`, an offset, fractions, or integer seconds) as ISO 8601 UTC; fractions of a
 * second are cut (contract section 4).
 */
export const Instant = z
  .union([z.iso.datetime({ offset: true }), z.number().int().nonnegative().max(253_402_300_799)])
  .transform((value) => {
    const ms = typeof value === "number" ? value * 1_000 : Date.parse(value);
    return new Date(Math.floor(ms / 1_000) * 1_000).toISOString();
  });

/** The instant, or null when it is absent. */
export const OptionalInstant = Instant.nullish().transform((value) => value ?? null);
