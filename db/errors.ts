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

/** The message of whatever was thrown. Never the statement, whose parameters are other people's data. */
export function errorMessage(error: unknown): string {
  let inner = error;
  for (let depth = 0; inner instanceof DrizzleQueryError && depth < 5; depth += 1) inner = inner.cause;
  if (inner instanceof DrizzleQueryError) return "A failure without a message.";
  if (typeof inner === "string") return inner;
  // Neon's driver fails with the event of its WebSocket, which is no Error.
  if (typeof inner !== "object" || inner === null) return "A failure without a message.";
  if ("message" in inner && typeof inner.message === "string" && inner.message !== "") return inner.message;
  if (inner instanceof Error) return inner.name;
  return "type" in inner && typeof inner.type === "string" ? `Event ${inner.type}.` : "A failure without a message.";
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

/** SQLSTATEs of a server that cannot be reached, logged in to or written to now, whatever it is asked. */
const AWAY_STATES = /^(08...|28000|28P01|3D000|53000|53100|53300|57P0.|58...|25006)$/;

/** Neon's proxy says with these words, under a general code, that a compute or an account gives no connections. */
const NEON_IS_AWAY =
  /control plane|console request|compute node|compute time|endpoint (has been|is) disabled|quota|rate limit/i;

/** What broken connections are called by Node, `pg` and Neon's driver. */
const LOST_CONNECTION =
  /^(EPIPE|E(CONN|HOST|NET)[A-Z]+|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL|EMFILE|ENFILE)$|connection (terminated|ended|error|closed)|timeout exceeded when trying to connect|not queryable|websocket|socket (hang up|disconnected)|network|fetch failed/i;

/**
 * True when the database was away: it could not be reached, logged in to or written to by anybody, so nothing is known
 * about what was asked. A cancelled statement (57014), a lock not given (55P03) and a lack of memory (53200), which may all
 * be the statement's own doing, do not count.
 */
export function isDatabaseAway(error: unknown): boolean {
  const fault = databaseFault(error);
  if (fault !== undefined)
    return (
      (AWAY_STATES.test(fault.code) && !isPermanent(error)) ||
      (fault.code === "XX000" && NEON_IS_AWAY.test(fault.message))
    );
  const cause = innermost(error);
  // Neon's driver fails with the event of its WebSocket, which is no Error.
  if (!(cause instanceof Error)) return typeof cause === "object" && cause !== null && "type" in cause;
  if (cause instanceof NeonDbError) return true;
  return LOST_CONNECTION.test("code" in cause ? String(cause.code) : "") || LOST_CONNECTION.test(cause.message);
}

function innermost(error: unknown): unknown {
  let inner = error;
  for (let depth = 0; inner instanceof Error && inner.cause !== undefined && depth < 5; depth += 1) inner = inner.cause;
  return inner;
}

/** True when a statement failed because a text was given that no column can hold: with NUL, or badly encoded. */
export function isUnstorableText(error: unknown): boolean {
  return /^(22021|22P05)$/.test(databaseFault(error)?.code ?? "");
}

/** Limits of the server that it reports under general codes. */
const BEYOND_LIMITS =
  /^(invalid memory alloc request size|invalid message length|bind message (has|supplies) |string too long|index row size )/;

/**
 * True when the same rows can never be stored: bad data (class 22), a broken constraint (23), a structure beyond the
 * server's limits (54, or in words under XX000 and 08P01) or beyond JavaScript's. Everything else may pass later.
 */
export function isPermanent(error: unknown): boolean {
  const fault = databaseFault(error);
  if (fault === undefined) return isBeyondLimits(innermost(error));
  return /^(22|23|54)/.test(fault.code) || (/^(XX000|08P01)$/.test(fault.code) && BEYOND_LIMITS.test(fault.message));
}

/** True of an error by which JavaScript says that a text, a list or a call is too large to be; a lack of memory may pass. */
export function isBeyondLimits(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ("code" in error && error.code === "ERR_STRING_TOO_LONG") return true;
  return error instanceof RangeError && !/allocation failed/i.test(error.message);
}
