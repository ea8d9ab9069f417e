import { NeonDbError } from "@neondatabase/serverless";
import { DrizzleQueryError } from "drizzle-orm";

/** What the database said no to: `code` is the SQLSTATE (PostgreSQL, appendix A). */
export type DatabaseFault = { code: string; message: string };

/** The PostgreSQL error inside whatever a driver threw, or undefined for anything else (a broken connection, a bug). */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth += 1) {
    // Every SQLSTATE has a digit; EPIPE, which a broken connection leaves, has none.
    if ("code" in inner && typeof inner.code === "string" && /^(?=.*\d)[0-9A-Z]{5}$/.test(inner.code)) {
      return { code: inner.code, message: inner.message };
    }
  }
  return undefined;
}

/** What went wrong, in words. Never the statement, whose parameters are other people's data. */
export function faultText(error: unknown): string {
  let inner = error;
  for (let depth = 0; inner instanceof DrizzleQueryError && depth < 5; depth += 1) inner = inner.cause;
  return inner instanceof Error ? inner.message : "the database did not answer";
}

/**
 * True when a statement failed because the database could not be reached, is starting, stopping, out of resources or
 * read-only, or a lock or the statement itself took too long, not because of what was asked.
 */
export function isUnavailable(error: unknown): boolean {
  const code = databaseFault(error)?.code;
  if (code !== undefined) return /^(08|53|57|58|25006|55P03)/.test(code);
  for (let inner = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth += 1) {
    if (inner instanceof DrizzleQueryError || inner instanceof NeonDbError) return true;
  }
  return false;
}

/** True when the database gave a statement up in favour of others: nothing of it is done, and it may pass at once. */
export function isRolledBack(error: unknown): boolean {
  return /^(40001|40P01)$/.test(databaseFault(error)?.code ?? "");
}

/** True when a statement failed because a text was given that no column can hold: with NUL, or badly encoded. */
export function isUnstorableText(error: unknown): boolean {
  return /^(22021|22P05)$/.test(databaseFault(error)?.code ?? "");
}

/**
 * True when the same rows can never be stored: bad data (class 22), a broken constraint (23) or a structure beyond the
 * server's limits (54). Everything else may pass later.
 */
export function isPermanent(error: unknown): boolean {
  const code = databaseFault(error)?.code ?? "";
  return code.startsWith("22") || code.startsWith("23") || code.startsWith("54");
}
