import { readFileSync } from "node:fs";
import type * as z from "zod";
import { WrongConfiguration } from "./run-process.ts";

/** A process's environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads an environment by a schema; an empty variable counts as missing, and `NAME_FILE` names a file that holds NAME's
 * value. Throws WrongConfiguration with all that is wrong.
 */
export function readEnvironment<T>(schema: z.ZodType<T> & z.ZodObject, environment: Environment): T {
  const given = filledFromFiles(Object.keys(schema.shape), environment);
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ code, path: [name = ""], message }) =>
    code !== "custom" && given[String(name)] === undefined
      ? `${String(name)} is missing`
      : `${String(name)}: ${message}`,
  );
  throw new WrongConfiguration([...new Set(problems)]);
}

/**
 * What is set of an environment; the content of the file `NAME_FILE`, line ends at its end aside, takes the place of
 * NAME. Throws WrongConfiguration when a file cannot be read.
 */
export function filledFromFiles(names: readonly string[], environment: Environment): Record<string, string> {
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== undefined && value !== "") given[name] = value;
  const problems: string[] = [];
  for (const name of names) {
    const file = given[`${name}_FILE`];
    if (file === undefined) continue;
    try {
      given[name] = readFileSync(file, "utf8").replace(/(?<![\r\n])[\r\n]+$/, "");
    } catch {
      problems.push(`${name}_FILE: the file cannot be read`);
    }
  }
  if (problems.length > 0) throw new WrongConfiguration(problems);
  return given;
}
