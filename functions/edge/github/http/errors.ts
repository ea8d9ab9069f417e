import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../../env.ts";

/** What GitHub names as explanation of every error; clients print it. */
export const DOCUMENTATION_URL = "https://docs.github.com/rest";

/** The content type of every answer, to the letter. */
export const JSON_TYPE = "application/json; charset=utf-8";

/** GitHub's error body (contract section 7, Errors). */
const GithubError = z
  .object({
    message: z.string().openapi({ example: "Not Found" }),
    documentation_url: z.string(),
    status: z.string().optional().openapi({ example: "404" }),
    errors: z
      .array(z.object({ resource: z.string(), field: z.string(), code: z.string() }))
      .optional()
      .openapi({ description: "which parameters are wrong" }),
  })
  .openapi("GithubError");

/** An OpenAPI response of the error body. */
export const errorResponse = (description: string) => ({
  description,
  content: { "application/json": { schema: GithubError } },
});

/** The errors that every read route may answer with, for its contract. */
export const ERRORS = {
  301: errorResponse("the repository was renamed; `Location` names it by id"),
  401: errorResponse("reading is restricted, and the token is missing or wrong"),
  404: errorResponse("no such repository, or nothing of the kind in it"),
  422: errorResponse("the answer would take more than RESPONSE_MAX_BYTES"),
};

/** Of routes that check parameters. */
export const INVALID = {
  422: errorResponse(
    "a parameter has a value that is not understood, or the answer would take more than RESPONSE_MAX_BYTES",
  ),
};

/** One wrong parameter, in GitHub's words. */
export type FieldError = { resource: string; field: string; code: "invalid" | "missing_field" };

/** An error in GitHub's shape. */
export function githubError(
  c: Context<Env>,
  status: ContentfulStatusCode,
  message: string,
  errors?: readonly FieldError[],
): Response {
  const body = { message, documentation_url: DOCUMENTATION_URL, status: String(status), errors };
  return c.body(JSON.stringify(body), status, { "content-type": JSON_TYPE });
}

/** 404: unknown, or of another repository. */
export function notFound(c: Context<Env>): Response {
  return githubError(c, 404, "Not Found");
}
