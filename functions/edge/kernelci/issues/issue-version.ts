import { z } from "@hono/zod-openapi";
import { wholeNumber } from "../http/parameters.ts";

/** What names an issue in a path. */
export const IssueParams = z.object({ issue_id: z.string() });

/** Which version of it is meant. */
export const VersionQuery = z.object({ version: wholeNumber("version of the issue").optional() });
