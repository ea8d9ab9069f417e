import { z } from "@hono/zod-openapi";

/** A field of a form. */
export function field(description: string) {
  return z
    .string()
    .refine((text) => !text.includes("\0") && text.isWellFormed(), "holds a character that cannot be stored")
    .openapi({ description });
}

/** The body of a contract that takes a form, in either encoding. */
export function formOf<T extends z.ZodType>(schema: T) {
  return { content: { "application/x-www-form-urlencoded": { schema }, "multipart/form-data": { schema } } };
}
