import { z } from "@hono/zod-openapi";

/** Name of the security scheme in the OpenAPI document. */
export const TOKEN_SCHEME = "eoscPerfToken";

/** For routes that need a token. */
export const TOKEN = [{ [TOKEN_SCHEME]: [] }];

const Refused = z
  .object({
    code: z.int(),
    status: z.string(),
    errors: z.looseObject({}).optional().openapi({ description: "what is wrong, by location and field" }),
    message: z.looseObject({}).optional().openapi({ description: "what is wrong with an order or a filter" }),
  })
  .openapi("EoscPerfError");
const Unauthenticated = z
  .object({ error: z.literal("Unauthenticated"), error_description: z.string() })
  .openapi("EoscPerfUnauthenticated");
const Forbidden = z
  .object({ error: z.literal("Forbidden"), error_description: z.string(), error_details: z.string() })
  .openapi("EoscPerfForbidden");

const json = <T extends z.ZodType>(description: string, schema: T) => ({
  description,
  content: { "application/json": { schema } },
});

/** The answer of a success. */
export function success<Status extends 200 | 201, T extends z.ZodType>(status: Status, description: string, schema: T) {
  // A computed key loses its literal type.
  return { [status]: json(description, schema) } as Record<Status, ReturnType<typeof json<T>>>;
}

/** Done, and nothing to say. */
export const DONE = { 204: { description: "done" } } as const;

/** The documented errors of a route, in its own words (contract section 1.1). */
export const REFUSALS = {
  malformed: {
    400: json("the body is not JSON", Refused),
    413: json("the body is larger than the service takes", Refused),
  },
  secured: { 401: json("no valid token", Unauthenticated), 403: json("the token's bearer may not", Forbidden) },
  owned: {
    401: json("no valid token", Unauthenticated),
    403: json(
      "the token's bearer is not registered, or is neither the uploader nor an admin",
      z.union([Forbidden, Refused]),
    ),
  },
  unknown: { 404: json("not found", Refused) },
  conflict: { 409: json("the name is taken", Refused) },
  busy: { 503: json("the queue takes nothing; try again after `Retry-After` seconds", Refused) },
  invalid: { 422: json("query or body do not fit, or what is asked for cannot be done", Refused) },
} as const;

/** What a change of something may be answered with. */
export const CHANGE_RESPONSES = {
  ...DONE,
  ...REFUSALS.malformed,
  ...REFUSALS.secured,
  ...REFUSALS.unknown,
  ...REFUSALS.conflict,
  ...REFUSALS.invalid,
} as const;

/** A JSON body of a contract. */
export function bodyOf<T extends z.ZodType>(schema: T) {
  return { content: { "application/json": { schema } } };
}

/** An id in the path. */
export function idParam<N extends string>(name: N) {
  const schema = z.uuid().openapi({ description: "UUID, in any case" });
  // A computed key loses its literal type.
  return z.object({ [name]: schema } as Record<N, typeof schema>);
}
