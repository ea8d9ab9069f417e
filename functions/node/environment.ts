import type * as z from "zod";
import { WrongConfiguration } from "./run-process.ts";

/** A process's environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Reads an environment by a schema; an empty variable counts as missing. Throws WrongConfiguration with all that is wrong. */
export function readEnvironment<T>(schema: z.ZodType<T>, environment: Environment): T {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: [name = ""], message }) =>
    given[String(name)] === undefined ? `${String(name)} is missing` : `${String(name)}: ${message}`,
  );
  throw new WrongConfiguration([...new Set(problems)]);
}
