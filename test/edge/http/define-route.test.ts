import { z } from "@hono/zod-openapi";
import { expect, expectTypeOf, test } from "vitest";
import { anyone } from "../../../functions/edge/http/admin.ts";
import { defineRoute, renderedJson } from "../../../functions/edge/http/route.ts";

const contract = {
  method: "get",
  path: "/things/{id}",
  request: { params: z.object({ id: z.coerce.number() }) },
  responses: { 200: { description: "it", content: { "application/json": { schema: z.object({ id: z.int() }) } } } },
} as const;

test("a handler is given what its contract parsed and what its access granted", () => {
  const route = defineRoute({
    contract,
    access: { name: "user", grant: () => ({ caller: "someone" }) },
    handler: (c, input) => {
      expectTypeOf(input.params).toEqualTypeOf<{ id: number }>();
      expectTypeOf(input.caller).toEqualTypeOf<string>();
      expectTypeOf(input.query).toEqualTypeOf<undefined>();
      return renderedJson(c, 200, "{}");
    },
  });
  expect(route.contract.path).toBe("/things/{id}");
});

test("a status or a body that the contract does not document does not compile", () => {
  // @ts-expect-error: 404 is not documented.
  defineRoute({ contract, access: anyone, handler: (c) => c.json({ id: 1 }, 404) });
  // @ts-expect-error: the id is documented as a number.
  defineRoute({ contract, access: anyone, handler: (c) => c.json({ id: "1" }, 200) });
  // @ts-expect-error: rendered JSON is held to the documented statuses too.
  defineRoute({ contract, access: anyone, handler: (c) => renderedJson(c, 404, "{}") });
});
