import type { RouteConfig, RouteConfigToTypedResponse, z } from "@hono/zod-openapi";
import type { Context, TypedResponse } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import type { Env } from "../env.ts";

type Awaitable<T> = T | Promise<T>;
type OutputOf<S> = S extends z.ZodType ? z.output<S> : undefined;
type RequestOf<C> = C extends { request: infer R } ? R : unknown;
type PartOf<R, K extends string> = R extends { [_ in K]: infer S } ? OutputOf<S> : undefined;
type BodyOf<R> = R extends { body: { content: { "application/json": { schema: infer S } } } } ? OutputOf<S> : undefined;
type FormOf<R> = R extends { body: { content: { "application/x-www-form-urlencoded": { schema: infer S } } } }
  ? OutputOf<S>
  : undefined;

/** Whether what a contract has in a schema's place is one that parses. */
export function isSchema(schema: unknown): schema is z.ZodType {
  return typeof schema === "object" && schema !== null && "safeParse" in schema;
}

/** What of a request its contract describes, parsed; undefined where the contract has no schema. */
export type Parsed<C> = {
  /** The JSON text that a middleware of the contract kept of the body, numbers as they were written; else "". */
  text: string;
  params: PartOf<RequestOf<C>, "params">;
  query: PartOf<RequestOf<C>, "query">;
  body: BodyOf<RequestOf<C>>;
  /** Fields of a form, in either encoding. */
  form: FormOf<RequestOf<C>>;
};

/**
 * Who may use a route. `grant` answers with the source's own error, or throws what the source renders, when the caller
 * may not; otherwise it gives what the handler needs to know of the caller (`{}` for nothing), which joins its input.
 */
export type Access<Granted extends object = object> = {
  name: string;
  grant: (c: Context<Env>) => Awaitable<Granted | Response>;
};

/** A route as data; its source's `mount` matches, checks and parses, and renders what goes wrong. */
export type Route = {
  contract: RouteConfig;
  access: Access;
  // Each handler's input is tied to its own contract by `defineRoute`; a list of routes cannot say so.
  handler: (c: Context<Env>, input: never) => Awaitable<Response>;
};

/**
 * Ties a handler to its contract: it is given what the contract parsed and what the access granted, and may answer only
 * with a status and a body that the contract documents. The path stands in the contract alone.
 *
 *     export const findBuild = defineRoute({
 *       contract: { method: "get", path: "/builds/{id}", request: { params: BuildParams }, responses: { … } },
 *       access: anyone,
 *       handler: async (c, { params }) => renderedJson(c, 200, await findBuild(c.env.db, params.id)),
 *     });
 */
export function defineRoute<const C extends RouteConfig, Granted extends object>(route: {
  contract: C;
  access: Access<Granted>;
  handler: (c: Context<Env>, input: Parsed<C> & Granted) => Awaitable<Response & RouteConfigToTypedResponse<C>>;
}) {
  return route;
}

/**
 * Answers with JSON that PostgreSQL rendered as text. Its shape is not looked at here: the tests hold it to the schema, by
 * parsing every response with it; the type holds the status to the documented ones.
 */
export function renderedJson<S extends ContentfulStatusCode>(
  c: Context<Env>,
  status: S,
  text: string,
  contentType = "application/json",
): Response & TypedResponse<never, S, "json"> {
  const response: Response = c.body(text, status, { "content-type": contentType });
  return response as Response & TypedResponse<never, S, "json">;
}
