import { z } from "@hono/zod-openapi";
import { approve, reject } from "../../../../db/upserts/eosc-perf/review.ts";
import { defineRoute } from "../../http/route.ts";
import { admin } from "./access.ts";
import { decisionResponse, type Thing } from "./outcomes.ts";
import { DONE, idParam, REFUSALS, TOKEN } from "./responses.ts";

/** What of a kind of thing its two decisions differ in. */
type Reviewed = {
  entity: "benchmark" | "site" | "flavor";
  /** Its name in operations and refusals. */
  name: "Benchmark" | "Site" | "Flavor";
  /** What the original calls one that it does not find. */
  thing: Thing;
  /** Without a schema the query is ignored. */
  query?: z.ZodObject;
};

const REVIEWED = {
  benchmark: { entity: "benchmark", name: "Benchmark", thing: "Benchmark", query: z.strictObject({}) },
  site: { entity: "site", name: "Site", thing: "Record" },
  flavor: { entity: "flavor", name: "Flavor", thing: "Record" },
} as const satisfies Record<string, Reviewed>;

const DECISIONS = {
  approve: { decide: approve, verb: "Approve", description: "For admins." },
  reject: { decide: reject, verb: "Reject", description: "For admins. It is deleted." },
} as const;

/** The route that approves or rejects what awaits review (contract section 4). */
export function decisionRoute(decision: keyof typeof DECISIONS, of: keyof typeof REVIEWED) {
  const { decide, verb, description } = DECISIONS[decision];
  const { entity, name, thing, query }: Reviewed = REVIEWED[of];
  const idName = `${entity}_id`;
  return defineRoute({
    contract: {
      method: "post",
      path: `/${entity}s/{${idName}}:${decision}`,
      operationId: `${verb}${name}`,
      summary: `${verb} a ${entity} on review`,
      description,
      tags: [`EOSC-Perf ${entity}s`],
      security: TOKEN,
      request: { params: idParam(idName), ...(query === undefined ? {} : { query }) },
      responses: { ...DONE, ...REFUSALS.secured, ...REFUSALS.unknown, ...REFUSALS.invalid },
    },
    access: admin,
    handler: async (c, { params }) => {
      const id = params[idName] ?? "";
      return decisionResponse(c, await decide(c.env.db, entity, id), { thing, id, kind: name });
    },
  });
}
