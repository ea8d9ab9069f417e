import { z } from "@hono/zod-openapi";
import { RESULT_FIELDS, type ResultField, type ResultSort } from "../../../../db/queries/eosc-perf/result-order.ts";
import { refusal } from "../http/errors.ts";
import {
  ExecutionDays,
  longerThan,
  MAX_CONDITIONS,
  PageQuery,
  sortBy,
  text,
  UploadDays,
  uuid,
} from "../http/parameters.ts";
import { among, readSorts } from "../http/sorting.ts";

/** Characters of one filter. */
const MAX_FILTER_LENGTH = 10_000;
/** Paths of an order, and members of all of them: documents have fewer levels. */
const MAX_PATHS = 8;
const MAX_MEMBERS = 1_000;

/** Fields that results are sorted by, as documents name them. */
export const RESULT_SORTS = [...RESULT_FIELDS, "json.<path>"];

export const TagsIds = z
  .array(uuid("id of a tag"))
  .max(MAX_CONDITIONS, longerThan(MAX_CONDITIONS))
  .openapi({ description: "ids of tags" });

/** What lists of results take (contract section 8). */
export const ResultQuery = z.strictObject({
  ...UploadDays,
  ...PageQuery,
  ...ExecutionDays,
  benchmark_id: uuid("of this benchmark").optional(),
  site_id: uuid("run at this site").optional(),
  flavor_id: uuid("run on this flavor").optional(),
  tags_ids: TagsIds.default([]),
  filters: z
    .array(
      text("`<path> <operator> <value>`, one space between; operators: ==, >, <, >=, <=", MAX_FILTER_LENGTH).openapi({
        pattern: "^[^ ]* (==|>|<|>=|<=) [^ ]*$",
      }),
    )
    .max(MAX_CONDITIONS, longerThan(MAX_CONDITIONS))
    .default([])
    .openapi({ description: "conditions on the documents, which must all hold", example: ["machine.cpu.count > 4"] }),
  sort_by: sortBy(RESULT_SORTS, "+execution_datetime"),
});

const isField = among<ResultField>(RESULT_FIELDS);

/** Reads `sort_by` of results: their fields, and `json.` with a path of members. */
export function readResultSorts(sortBy: string | undefined): ResultSort[] {
  const sorts = readSorts(sortBy, (field): field is ResultSort["field"] => field.startsWith("json.") || isField(field));
  const paths = sorts.map(({ field }) => field).filter((field) => field.startsWith("json."));
  const members = paths.flatMap((path) => path.split(".")).length - paths.length;
  if (paths.length <= MAX_PATHS && members <= MAX_MEMBERS) return sorts;
  const hint = `Use at most ${MAX_PATHS} paths, of ${MAX_MEMBERS} members together`;
  throw refusal(422, { message: { KeyError: "Too many sort fields", hint } });
}
