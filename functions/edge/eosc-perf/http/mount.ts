import type { OpenAPIHono, RouteConfig, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { isRolledBack } from "../../../../db/errors.ts";
import type { Env } from "../../env.ts";
import { retryWhile } from "../../http/retry.ts";
import { isSchema, type Route } from "../../http/route.ts";
import { readJson } from "./body.ts";
import { idIn, servedPath } from "./path.ts";
import { fitting, readQuery } from "./query.ts";

/** Deletions reach far and meet others midway: the database then gives one of them up, to be done after the other. */
const ATTEMPTS = 3;

/**
 * Mounts routes of this API: who asks (401, 403), then the query (422), then the body (400, 422), then the handler, all of
 * which may throw a Refusal (contract section 1.1). A route without a query schema ignores the query, `z.strictObject({})`
 * accepts none.
 */
export function mountRoutes(app: OpenAPIHono<Env>, routes: readonly Route[]): void {
  for (const { contract, access, handler } of routes) {
    app.openAPIRegistry.registerPath(contract);
    app.on(contract.method.toUpperCase(), servedPath(contract.path), async (c) => {
      const granted = await access.grant(c);
      if (granted instanceof Response) return granted;
      const input = { ...(await parseRequest(contract, c)), ...granted };
      // The values come from the very schemas that the handler's type is derived from.
      // Every handler writes by one statement at most, so that a second attempt finds nothing half done.
      return await retryWhile(isRolledBack, ATTEMPTS, async () => await handler(c, input as never));
    });
  }
}

async function parseRequest({ request }: RouteConfig, c: Context<Env>) {
  const query = request?.query === undefined ? undefined : readQuery(request.query, c.req.url);
  const bodySchema = jsonSchemaOf(request);
  if (bodySchema === undefined) return { params: paramsOf(request, c), query, body: undefined, text: "" };
  const json = await readJson(c.req.raw, c.env.config);
  return { params: paramsOf(request, c), query, body: fitting(bodySchema, json.value, "json"), text: json.text };
}

/** The ids that the contract names; the router has seen that they are UUIDs. */
function paramsOf(request: RouteConfig["request"], c: Context<Env>): Record<string, string> {
  const names = request?.params !== undefined && "shape" in request.params ? Object.keys(request.params.shape) : [];
  return Object.fromEntries(names.map((name) => [name, idIn(c.req.param())]));
}

function jsonSchemaOf(request: RouteConfig["request"]): z.ZodType | undefined {
  const content = request?.body?.content["application/json"];
  const schema = content !== undefined && "schema" in content ? content.schema : undefined;
  return isSchema(schema) ? schema : undefined;
}
