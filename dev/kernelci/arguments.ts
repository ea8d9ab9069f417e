import { UsageError } from "./command.ts";

/** A whole number from 1 on; the fallback when nothing is given. */
export function countOf(name: string, given: string | undefined, fallback: number): number {
  if (given === undefined) return fallback;
  if (!/^[1-9]\d{0,8}$/.test(given)) throw new UsageError(`--${name} must be a whole number from 1 on`);
  return Number(given);
}

/** Words between commas; undefined when nothing is given. */
export function wordsOf(name: string, given: string | undefined): string[] | undefined {
  if (given === undefined) return undefined;
  const words = given.split(",").map((word) => word.trim());
  if (words.includes("")) throw new UsageError(`--${name} must be a list such as a,b`);
  return words;
}

/** A length of time such as `30 days`, as PostgreSQL reads it. */
export function ageOf(name: string, given: string | undefined): string {
  if (given === undefined) throw new UsageError(`--${name} is missing`);
  if (!/^[1-9]\d{0,5} (minute|hour|day|week|month|year)s?$/.test(given))
    throw new UsageError(`--${name} must be a length of time such as "30 days"`);
  return given;
}
