/** What the database said no to: `code` is the SQLSTATE (PostgreSQL, appendix A). */
export type DatabaseFault = { code: string; message: string };

/** The PostgreSQL error inside whatever a driver threw, or undefined for anything else (a broken connection, a bug). */
export function databaseFault(error: unknown): DatabaseFault | undefined {
  for (let inner = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth += 1) {
    if ("code" in inner && typeof inner.code === "string" && /^[0-9A-Z]{5}$/.test(inner.code)) {
      return { code: inner.code, message: inner.message };
    }
  }
  return undefined;
}

/**
 * True when the same rows can never be stored: bad data (class 22), a broken constraint (23) or a structure beyond the
 * server's limits (54). Everything else may pass later.
 */
export function isPermanent(error: unknown): boolean {
  const code = databaseFault(error)?.code ?? "";
  return code.startsWith("22") || code.startsWith("23") || code.startsWith("54");
}
