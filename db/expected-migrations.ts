import journal from "../drizzle/meta/_journal.json" with { type: "json" };

/** How many migrations this release was built with; a database may have more, never fewer. */
export const expectedMigrations = journal.entries.length;
