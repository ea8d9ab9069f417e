import type { PoolClient } from "pg";
import { databaseFault } from "./errors.ts";

/** Statements that a connection keeps prepared; each costs it some memory. */
const KEPT = 250;
/** `feature_not_supported`: what PostgreSQL says when a migration changed what a prepared statement answers. */
const PLAN_IS_STALE = "0A000";

/** What `pg` has, but does not declare: closing a statement is a message of the protocol, which fails in no state. */
type WithStatements = {
  connection: { close(message: { type: "S"; name: string }): void; parsedStatements: Record<string, string> };
};

/**
 * Makes a connection's `query` name each statement that has parameters after its text, so that PostgreSQL parses it once.
 * What Drizzle builds is repeated text: values are parameters. The statement that was not used for longest makes room for a new
 * one, so that callers who make ever new texts cost the others one parsing at most.
 */
export function prepareStatements(client: PoolClient): void {
  /** Names by texts, the one that was not used for longest first. */
  const names = new Map<string, string>();
  let made = 0;

  function nameOf(text: string): string {
    const known = names.get(text);
    names.delete(text);
    made += known === undefined ? 1 : 0;
    const name = known ?? `runledger_${made}`;
    names.set(text, name);
    const [oldest] = names;
    if (names.size > KEPT && oldest !== undefined) forget(...oldest);
    return name;
  }

  function forget(text: string, name: string): void {
    names.delete(text);
    if (!hasStatements(client)) return;
    client.connection.close({ type: "S", name });
    delete client.connection.parsedStatements[name];
  }

  client.query = new Proxy(client.query, {
    apply(target, connection, [statement, values, ...rest]) {
      const text = textOf(statement);
      const name = text === undefined || !Array.isArray(values) || values.length === 0 ? undefined : nameOf(text);
      const named = name === undefined ? statement : { ...statement, name };
      const answer: unknown = Reflect.apply(target, connection, [named, values, ...rest]);
      if (name !== undefined && text !== undefined && answer instanceof Promise)
        answer.catch((error: unknown) => {
          if (databaseFault(error)?.code === PLAN_IS_STALE && names.get(text) === name) forget(text, name);
        });
      return answer;
    },
  });
}

function hasStatements(client: object): client is WithStatements {
  if (!("connection" in client) || typeof client.connection !== "object" || client.connection === null) return false;
  return "close" in client.connection && "parsedStatements" in client.connection;
}

function textOf(statement: unknown): string | undefined {
  const isNamed = typeof statement === "object" && statement !== null && "text" in statement;
  return isNamed && typeof statement.text === "string" ? statement.text : undefined;
}
