import { z } from "@hono/zod-openapi";
import { RESULT_FIELDS, type ResultField, type ResultSort } from "../../../db/queries/eosc-perf/result-order.ts";
import { refusal } from "./errors.ts";
import { ExecutionDays, PageQuery, sortBy, text, UploadDays, uuid } from "./parameters.ts";
import { among, readSorts } from "./sorting.ts";

/** Most terms, tags or filters of a list: each costs the database a part of its plan. */
export const MOST = 32;
/** Characters of one filter. */
const MAX_FILTER_LENGTH = 10_000;
export const TOO_LONG = `Longer than maximum length ${MOST}.`;

/** Fields that results are sorted by, as documents name them. */
export const RESULT_SORTS = [...RESULT_FIELDS, "json.<path>"];

export const TagsIds = z.array(uuid("id of a tag")).max(MOST, TOO_LONG).openapi({ description: "ids of tags" });

/** What lists of results take (contract section 8). */
export const ResultQuery = z.strictObject({
  ...UploadDays,
  ...PageQuery,
  ...ExecutionDays,
  benchmark_id: uuid("of this benchmark").optional(),
  site_id: uuid("run at this site").optional(),
  flavor_id: uuid("run on this flavor").optional(),
  tags_ids: TagsIds.max(MOST, TOO_LONG).default([]),
  filters: z
    .array(
      text("`<path> <operator> <value>`, one space between; operators: ==, >, <, >=, <=").max(
        MAX_FILTER_LENGTH,
        `Longer than maximum length ${MAX_FILTER_LENGTH}.`,
      ),
    )
    .max(MOST, TOO_LONG)
    .default([])
    .openapi({ description: "conditions on the documents, which must all hold", example: ["machine.cpu.count > 4"] }),
  sort_by: sortBy(RESULT_SORTS, "+execution_datetime"),
});

const isField = among<ResultField>(RESULT_FIELDS);

/** Reads `sort_by` of results: their fields, and `json.` with a path of members. */
export function readResultSorts(sortBy: string | undefined): ResultSort[] {
  const sorts = readSorts(sortBy, (field): field is ResultSort["field"] => field.startsWith("json.") || isField(field));
  const first = sorts.filter(({ field }, at) => sorts.findIndex((other) => other.field === field) === at);
  if (first.filter(({ field }) => field.startsWith("json.")).length <= MOST / 4) return first;
  throw refusal(422, { message: { KeyError: "Too many sort fields", hint: `Use at most ${MOST / 4} paths` } });
}
