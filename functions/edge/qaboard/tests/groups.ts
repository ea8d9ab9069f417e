import { z } from "@hono/zod-openapi";
import { QaboardError } from "../http/errors.ts";
import { query } from "../http/parameters.ts";
import { jsonResponse } from "../http/responses.ts";

/** What an unsaved group holds. */
export const EMPTY_GROUP = "# Docs:\n# https://samsung.github.io/qaboard/docs/batches-running-on-multiple-inputs";

/** Which group is meant. */
export const GroupQuery = z.object({
  project: query("id of the project").refine((text) => text.length <= 500, "is too long"),
  name: query("`extra-batches`, or a user's name").refine((text) => text.length <= 200, "is too long"),
});

/** A JSON text, as which this part of the API reports what is wrong. */
export const jsonString = (description: string) => jsonResponse(description, z.string());

/** The same, or the error body where the request itself is malformed. */
export const stringOrError = (description: string) => jsonResponse(description, z.union([z.string(), QaboardError]));
