import { z } from "@hono/zod-openapi";

/** The error body of /qaboard's routes (contract section 14). */
export const FileError = z
  .object({ error: z.string().openapi({ description: "what went wrong" }) })
  .openapi("QaboardFileError");

/** An OpenAPI response of the error body. */
export function fileError(description: string) {
  return { description, content: { "application/json": { schema: FileError } } };
}
