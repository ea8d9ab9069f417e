import { type SQL, sql } from "drizzle-orm";

/**
 * Whether a text begins with another, by comparing bytes: an index of `text_pattern_ops` answers it, in prepared statements
 * too, and no sign of the beginning is a wildcard.
 */
export function beginsWith(column: SQL, beginning: string): SQL {
  return sql`(${column} ~>=~ ${beginning} and ${column} ~<~ ${`${beginning}\u{10FFFF}`})`;
}
