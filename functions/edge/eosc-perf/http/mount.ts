import type { RouteConfig, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { isRolledBack } from "../../../../db/errors.ts";
import type { Env } from "../../env.ts";
import { readJson } from "./body.ts";
import { type Caller, callerOf, type Level } from "./caller.ts";
import { idIn } from "./path.ts";
import { fitting, readQuery } from "./query.ts";

type QueryOf<R> = R extends { request: { query: infer Q extends z.ZodType } } ? z.output<Q> : undefined;
type BodySchema<R> = R extends { request: { body: { content: { "application/json": { schema: infer B } } } } }
  ? B
  : never;
type BodyOf<R> = BodySchema<R> extends z.ZodType ? z.output<BodySchema<R>> : undefined;

/** What a handler is given once everything about the request itself holds. */
export type Asked<R, L extends Level> = {
  /** The id in the path, in lower case; "" on routes without one. */
  id: string;
  /** Who asks; undefined on anonymous routes, which never look at tokens. */
  caller: L extends "anonymous" ? undefined : Caller;
  query: QueryOf<R>;
  body: BodyOf<R>;
  /** The body's own text, which keeps numbers as they were written; "" on routes without a body. */
  text: string;
};

/** Deletions reach far and meet others midway: the database then gives one of them up, to be done after the other. */
const TURNS = 3;

/**
 * Makes a route's handler: who asks (401, 403), then the query (422), then the body (400, 422), then `answer`, which may
 * throw a Refusal (contract section 1.1). Schemas are those of the route; one without a query schema ignores the query,
 * `z.strictObject({})` accepts none.
 */
export function checked<R extends RouteConfig, L extends Level>(
  route: R,
  level: L,
  answer: (c: Context<Env>, asked: Asked<R, L>) => Promise<Response>,
): (c: Context<Env>) => Promise<Response> {
  const querySchema = route.request?.query;
  const content = route.request?.body?.content["application/json"];
  const bodySchema = content !== undefined && "schema" in content ? content.schema : undefined;
  return async (c) => {
    const caller = level === "anonymous" ? undefined : await callerOf(c, level);
    const query = querySchema === undefined ? undefined : readQuery(querySchema, c.req.url);
    const json = bodySchema === undefined ? { value: undefined, text: "" } : await readJson(c.req.raw, c.env.config);
    const body = isSchema(bodySchema) ? fitting(bodySchema, json.value, "json") : undefined;
    // The values come from the very schemas the type is derived from; TypeScript cannot follow that through the generics.
    const asked = { id: idIn(c.req.param()), caller, query, body, text: json.text } as Asked<R, L>;
    return await inTurn(() => answer(c, asked));
  };
}

/** Does the work again while the database gave its statement up; every handler writes by one statement at most. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await work();
    } catch (error) {
      if (turn === TURNS || !isRolledBack(error)) throw error;
    }
  }
}

function isSchema(schema: unknown): schema is z.ZodType {
  return typeof schema === "object" && schema !== null && "safeParse" in schema;
}
