import * as z from "zod";
import { migrate as applyMigrations } from "../../db/migrate.ts";
import { defineVerb, UsageError } from "../verb.ts";

const Values = z.object({});
const WITHOUT_LIMITS =
  "Warning: for the Worker on Neon this role needs time limits, or a slow statement holds its locks for ever. Run as this role:";

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
    const missing = await applyMigrations(url);
    output.result({ host: new URL(url).host, missing }, `The schema of ${new URL(url).host} is up to date.`);
    if (missing.length > 0) output.warn([WITHOUT_LIMITS, ...missing.map((line) => `  ${line}`)].join("\n"));
  },
});
