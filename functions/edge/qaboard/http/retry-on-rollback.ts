import { databaseFault, isRolledBack } from "../../../../db/errors.ts";
import { retryWhile } from "../../http/retry.ts";

/** Parallel posts and deletions meet midway: the database then gives one of them up, to be done after the other. */
const ATTEMPTS = 4;

/** `foreign_key_violation`: what a row belongs to was deleted between the statement's first look and its write. */
const PARENT_GONE = "23503";

/** Does the work again while the database gave its one statement up. */
export async function retryOnRollback<T>(work: () => Promise<T>): Promise<T> {
  const mayPass = (error: unknown) => isRolledBack(error) || databaseFault(error)?.code === PARENT_GONE;
  return await retryWhile(mayPass, ATTEMPTS, work);
}
