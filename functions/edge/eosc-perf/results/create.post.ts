import { z } from "@hono/zod-openapi";
import { type UploadFacts, uploadFacts } from "../../../../db/queries/eosc-perf/upload-facts.ts";
import { storeResult } from "../../../../db/upserts/eosc-perf/results.ts";
import { documentRefusal } from "../../../json-schema/check.ts";
import { defineRoute } from "../../http/route.ts";
import { user } from "../http/access.ts";
import { refusal, refusedFor } from "../http/errors.ts";
import { jsonResponse } from "../http/pages.ts";
import { uuid } from "../http/parameters.ts";
import { bodyOf, REFUSALS, success, TOKEN } from "../http/responses.ts";
import { Result } from "../http/schemas.ts";
import { ExecutionDatetime, executedAt } from "./execution-time.ts";
import { TagsIds } from "./query.ts";
import { noTagTwice } from "./tags-once.ts";

/** How often an upload is checked anew when what it refers to changed in the meantime. */
const ATTEMPTS = 3;

const Query = z.strictObject({
  execution_datetime: ExecutionDatetime,
  benchmark_id: uuid("an approved benchmark"),
  flavor_id: uuid("an approved flavor"),
  tags_ids: TagsIds.default([]),
});

/** Stores a result, shown at once (contract section 8). */
export const route = defineRoute({
  contract: {
    method: "post",
    path: "/results",
    operationId: "CreateResult",
    summary: "Upload a result",
    description: "For registered users. The document must fit the schema of the benchmark.",
    tags: ["EOSC-Perf results"],
    security: TOKEN,
    request: { query: Query, body: bodyOf(z.looseObject({}).openapi({ description: "what the benchmark measured" })) },
    responses: {
      ...success(201, "the result", Result),
      ...REFUSALS.malformed,
      ...REFUSALS.secured,
      ...REFUSALS.unknown,
      ...REFUSALS.conflict,
      ...REFUSALS.invalid,
    },
  },
  access: user,
  handler: async (c, { query, text, caller }) => {
    const executed = executedAt(query.execution_datetime);
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const { schema, schemaMark } = usable(await uploadFacts(c.env.db, query), query);
      const unfit = documentRefusal({ text }, schema, c.env.config);
      if (unfit !== undefined) throw refusal(422, { errors: unfit });
      noTagTwice(query.tags_ids, "Integrity error");
      const json = await storeResult(c.env.db, { ...query, executed, text, schemaMark }, caller);
      if (json !== undefined) return jsonResponse(c, 201, Result, json);
    }
    throw refusal(503);
  },
});

type Named = { benchmark_id: string; flavor_id: string };

/** Refuses an upload that refers to what is not there or not approved, in the contract's order. */
function usable({ benchmark, flavor, schema, schemaMark, missingTag }: UploadFacts, ids: Named) {
  if (benchmark === null || schema === null || schemaMark === null) throw absent(ids.benchmark_id);
  if (benchmark !== "approved") throw refusedFor(422, `Benchmark ${ids.benchmark_id} not approved`);
  if (flavor === null) throw absent(ids.flavor_id);
  if (flavor !== "approved") throw refusedFor(422, `Flavor ${ids.flavor_id} not approved`);
  if (missingTag !== null) throw absent(missingTag);
  return { schema, schemaMark };
}

const absent = (id: string) => refusedFor(404, `NoneType ${id} not in database`);
