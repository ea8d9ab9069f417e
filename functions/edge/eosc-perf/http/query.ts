import type { z } from "@hono/zod-openapi";
import { type FieldErrors, invalid } from "./errors.ts";

/** Parameters that may be repeated; of every other one the first value counts (contract section 1.2). */
const LISTS = new Set(["terms", "tags_ids", "filters"]);

/** Reads a query by its contract; throws a Refusal with everything that is wrong about it. */
export function readQuery<T>(schema: z.ZodType<T>, url: string): T {
  const given = new Map<string, string[]>();
  for (const [key, value] of new URL(url).searchParams) {
    const name = key.endsWith("[]") ? key.slice(0, -2) : key;
    const values = given.get(name);
    if (values === undefined) given.set(name, [value]);
    else values.push(value);
  }
  const pairs = [...given].map(([name, values]) => [name, LISTS.has(name) ? values : values[0]] as const);
  return fitting(schema, Object.fromEntries(pairs), "query");
}

/** A value that fits its schema; throws a Refusal that names every field that does not. */
export function fitting<T>(schema: z.ZodType<T>, value: unknown, location: "query" | "json"): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalid(location, fieldErrors(parsed.error.issues));
}

/** So many messages are listed at most. */
const MAX_MESSAGES = 200;

function fieldErrors(issues: readonly z.core.$ZodIssue[]): FieldErrors {
  const messages = new Map<string, string[]>();
  const elements = new Map<string, Map<string, string[]>>();
  for (const issue of issues.slice(0, MAX_MESSAGES)) {
    const [field, index] = issue.path;
    if (issue.code === "unrecognized_keys")
      for (const key of issue.keys.slice(0, MAX_MESSAGES)) note(messages, key, "Unknown field.");
    else if (field === undefined) note(messages, "_schema", "Invalid input type.");
    else if (index === undefined) note(messages, String(field), issue.message);
    else {
      const ofField = elements.get(String(field)) ?? new Map<string, string[]>();
      note(ofField, String(index), issue.message);
      elements.set(String(field), ofField);
    }
  }
  const nested = [...elements].map(([field, found]) => [field, Object.fromEntries(found)] as const);
  return Object.fromEntries<string[] | Record<string, string[]>>([...messages, ...nested]);
}

function note(messages: Map<string, string[]>, key: string, message: string): void {
  const known = messages.get(key);
  if (known === undefined) messages.set(key, [message]);
  else known.push(message);
}
