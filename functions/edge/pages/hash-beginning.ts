import { z } from "@hono/zod-openapi";

/** A hash or its beginning, in any case; blanks around it come along when people copy one. */
export const HashBeginning = z
  .string()
  .max(100)
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{7,64}$/, "must be 7 to 64 hexadecimal digits")
  .openapi({
    description: "hash of a commit, or its first 7 digits or more",
    example: "51ff37c77fc9324519a8c8610385ad1708fdf509",
  });
