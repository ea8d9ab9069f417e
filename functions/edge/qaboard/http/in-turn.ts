import { databaseFault, isRolledBack } from "../../../../db/errors.ts";

/** Parallel posts and deletions meet midway: the database then gives one of them up, to be done after the other. */
const TURNS = 4;

/** `foreign_key_violation`: what a row belongs to was deleted between the statement's first look and its write. */
const PARENT_GONE = "23503";

/** Does the work again while the database gave its one statement up. */
export async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await work();
    } catch (error) {
      const mayPass = isRolledBack(error) || databaseFault(error)?.code === PARENT_GONE;
      if (turn === TURNS || !mayPass) throw error;
    }
  }
}
