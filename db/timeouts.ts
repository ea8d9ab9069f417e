import type { ClientBase } from "pg";

/** A statement of the edge may take that long; callers do not wait for more. */
export const EDGE_STATEMENT_TIMEOUT_MS = 15_000;

/**
 * Waiting for somebody else's lock is given up before the statement itself would be, and after a minute at the latest; a
 * statement of less than 10 s may spend all of its time on it.
 */
export function lockTimeoutMs(statementTimeoutMs: number): number {
  return Math.min(60_000, Math.max(10_000, Math.round((statementTimeoutMs * 2) / 3)));
}

/** Settings by name, in milliseconds, for statements of at most that duration. */
function timeouts(statementTimeoutMs: number): [name: string, milliseconds: number][] {
  return [
    ["statement_timeout", statementTimeoutMs],
    ["lock_timeout", lockTimeoutMs(statementTimeoutMs)],
  ];
}

/** `set …; set …` for a session, or with `set local` for a transaction. */
export function setTimeouts(set: "set" | "set local", statementTimeoutMs: number): string {
  return timeouts(statementTimeoutMs)
    .map(([name, milliseconds]) => `${set} ${name} = ${milliseconds}`)
    .join("; ");
}

/**
 * Statements that give a role the edge's time limits where it has none; empty when it has. Neon's HTTP driver has no
 * session to set them in, so the role must have them. The connection must be new, with the role's own settings.
 */
export async function missingRoleTimeouts(client: ClientBase): Promise<string[]> {
  const names = timeouts(EDGE_STATEMENT_TIMEOUT_MS);
  const { rows } = await client.query<{ role: string; database: string; unset: string[] }>(
    `select current_user as role, current_database() as database,
      array(select name from pg_settings where name = any($1) and setting = '0') as unset`,
    [names.map(([name]) => name)],
  );
  return rows.flatMap(({ role, database, unset }) => {
    const place = `role ${client.escapeIdentifier(role)} in database ${client.escapeIdentifier(database)}`;
    const missing = names.filter(([name]) => unset.includes(name));
    return missing.map(([name, milliseconds]) => `alter ${place} set ${name} = '${milliseconds / 1_000}s';`);
  });
}
