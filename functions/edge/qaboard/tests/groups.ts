import { z } from "@hono/zod-openapi";
import { query } from "../http/parameters.ts";

/** What an unsaved group holds. */
export const EMPTY_GROUP = "# Docs:\n# https://samsung.github.io/qaboard/docs/batches-running-on-multiple-inputs";

/** Which group is meant. */
export const GroupQuery = z.object({
  project: query("id of the project").refine((text) => text.length <= 500, "is too long"),
  name: query("`extra-batches`, or a user's name").refine((text) => text.length <= 200, "is too long"),
});

/** A JSON text, as which this part of the API reports what is wrong. */
export const jsonString = (description: string) => ({
  description,
  content: { "application/json": { schema: z.string() } },
});
