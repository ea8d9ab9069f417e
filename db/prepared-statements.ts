import { databaseFault } from "./errors.ts";

/** Statements that are kept prepared; each costs every connection some memory. */
const KEPT = 250;
/** `feature_not_supported`: what PostgreSQL says when a migration changed what a prepared statement answers. */
const PLAN_IS_STALE = "0A000";

/**
 * Makes a connection's `query` name each statement that has parameters after its text, so that PostgreSQL parses it once a
 * connection. One naming serves all connections of a pool. What Drizzle builds is repeated text: values are parameters.
 */
export function preparing() {
  const names = new Map<string, string>();
  let made = 0;

  function nameOf(text: string): string | undefined {
    const known = names.get(text);
    if (known !== undefined || names.size >= KEPT) return known;
    made += 1;
    const name = `runledger_${made}`;
    names.set(text, name);
    return name;
  }

  return <Query extends object>(query: Query): Query =>
    new Proxy(query, {
      apply(target, connection, [statement, values, ...rest]) {
        if (typeof target !== "function") return undefined;
        const text = textOf(statement);
        const name = text === undefined || !Array.isArray(values) || values.length === 0 ? undefined : nameOf(text);
        const named = name === undefined ? statement : { ...statement, name };
        const answer: unknown = Reflect.apply(target, connection, [named, values, ...rest]);
        if (name !== undefined && text !== undefined && answer instanceof Promise)
          answer.catch((error: unknown) => {
            if (databaseFault(error)?.code === PLAN_IS_STALE) names.delete(text);
          });
        return answer;
      },
    });
}

function textOf(statement: unknown): string | undefined {
  const isNamed = typeof statement === "object" && statement !== null && "text" in statement;
  return isNamed && typeof statement.text === "string" ? statement.text : undefined;
}
