import type * as z from "zod";
import { Rejection } from "./outcome.ts";

/** Parses, or throws Rejection naming the first field that is wrong: of `known`, when that is given. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, known?: z.ZodError): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = (known ?? result.error).issues;
  throw new Rejection(`${issue?.path.join(".") || "the body"}: ${issue?.message}`);
}
