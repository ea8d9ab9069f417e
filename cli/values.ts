import * as z from "zod";

/** A whole number from 1 on. */
export function count(option: string) {
  const error = `${option} must be a whole number from 1 on`;
  return z
    .string(`${option} is missing`)
    .regex(/^[1-9]\d{0,8}$/, error)
    .transform(Number);
}

/** The address of a PostgreSQL database. */
export function databaseUrl(option: string) {
  return z
    .string(`${option} is missing`)
    .refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url), `${option} must be a postgres:// URL`);
}

/** The address of a MySQL or MariaDB database. */
export function mysqlUrl(option: string) {
  return z
    .string(`${option} is missing`)
    .refine(
      (url) => URL.canParse(url) && /^(mysql|mariadb):\/\/[^/]+\/[^/]+$/.test(url),
      `${option} must be a mysql:// URL with the database's name`,
    );
}

/** Words between commas. */
export function wordList(option: string) {
  return z
    .string()
    .transform((list) => list.split(",").map((word) => word.trim()))
    .refine((words) => !words.includes(""), `${option} must be a list such as a,b`);
}

/** A length of time such as `30 days`, as PostgreSQL reads it. */
export function age(option: string) {
  return z
    .string(`${option} is missing`)
    .regex(
      /^[1-9]\d{0,5} (minute|hour|day|week|month|year)s?$/,
      `${option} must be a length of time such as "30 days"`,
    );
}

/** An option without a value. */
export const flag = z.boolean().default(false);
