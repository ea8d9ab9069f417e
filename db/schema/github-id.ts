import { customType } from "drizzle-orm/pg-core";

/** An id of GitHub's: a number where a double holds it, else a bigint, so that equal ids are equal values. */
export type GithubId = number | bigint;

const MAX_ID = 2n ** 63n - 1n;

/** The id that decimal digits write; undefined when they are none, or more than a column of 64 bits holds. */
export function parseGithubId(digits: string): GithubId | undefined {
  if (!/^\d{1,19}$/.test(digits)) return undefined;
  const id = BigInt(digits);
  if (id > MAX_ID) return undefined;
  return id <= Number.MAX_SAFE_INTEGER ? Number(id) : id;
}

/** The larger of two ids. */
export function maxGithubId(a: GithubId, b: GithubId): GithubId {
  return a > b ? a : b;
}

/** Orders ids from the smallest. */
export function compareGithubIds(a: GithubId, b: GithubId): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** An id as the database's driver gives it. Throws TypeError for anything else. */
export function readGithubId(column: unknown): GithubId {
  const id = parseGithubId(String(column));
  if (id === undefined) throw new TypeError(`${column} is not an id`);
  return id;
}

/** A column of GitHub's ids: `bigint`, read without rounding. */
export const githubId = customType<{ data: GithubId; driverData: string | number }>({
  dataType: () => "bigint",
  fromDriver: readGithubId,
  toDriver: String,
});
