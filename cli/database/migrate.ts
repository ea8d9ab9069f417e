import * as z from "zod";
import { migrate as applyMigrations } from "../../db/migrate.ts";
import { defineVerb, UsageError } from "../verb.ts";

const Values = z.object({});

/** Applies the migrations that the database still lacks. */
export const migrate = defineVerb({
  name: "migrate",
  summary: "bring the schema up to date",
  description: "DATABASE_URL must reach PostgreSQL directly: on Neon the host without -pooler.",
  values: Values,
  async run(_, output) {
    const url = process.env.DATABASE_URL ?? "";
    if (url === "")
      throw new UsageError(
        "Set DATABASE_URL to the database to migrate, for example postgres://user:password@host/name",
      );
    await applyMigrations(url);
    output.result({ host: new URL(url).host }, `The schema of ${new URL(url).host} is up to date.`);
  },
});
