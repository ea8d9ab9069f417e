import { type SQL, sql } from "drizzle-orm";
import { resultValues, valuePaths } from "../../schema/index.ts";
import { type Choice, inCommon } from "./result-choices.ts";

/** The comparisons of contract section 8.1. */
const OPERATORS = { "==": sql`=`, ">": sql`>`, "<": sql`<`, ">=": sql`>=`, "<=": sql`<=` };
export type FilterOperator = keyof typeof OPERATORS;
export const FILTER_OPERATORS = Object.keys(OPERATORS) as FilterOperator[]; // Object.keys forgets its keys' type.

/** `<path> <operator> <value>`; a number or a boolean is compared as such, a text by its bytes; nothing passes NaN. */
export type Filter = { path: string; operator: FilterOperator; value: number | boolean | string };

/** Longest beginning of a text that stands in `result_value`. */
const KEPT = 120;
const lengthOf = (text: string) => [...text].length;

/** Array elements stand in documents only, and PostgreSQL counts them from both ends. */
const namesElement = (path: string) => path.split(".").some((member) => /^\s*[-+]?\d+$/.test(member));
const pathArray = (path: string) =>
  sql`array(select jsonb_array_elements_text(${JSON.stringify(path.split("."))}::jsonb))`;

/** Results (alias `r`) whose document itself passes a filter; a value that can't be compared does not. */
function documentPasses({ path, operator, value }: Filter): SQL {
  if (Number.isNaN(value)) return sql`false`;
  const found = sql`(r.json #>> ${pathArray(path)})`;
  const compares = OPERATORS[operator];
  if (typeof value === "number")
    return sql`case when ${found} ~ '^\\s*[-+]?[0-9.]' and pg_input_is_valid(${found}, 'double precision') then ${found}::double precision ${compares} ${value}::double precision end`;
  if (typeof value === "boolean")
    return sql`case when pg_input_is_valid(${found}, 'boolean') then ${found}::boolean ${compares} ${value}::boolean end`;
  return sql`${found} collate "C" ${compares} ${value}`;
}

/** Whether a kept value `v` passes a filter, or may pass it when the value has more than the kept beginning. */
function passesKept({ operator, value }: Filter): SQL {
  const compares = OPERATORS[operator];
  if (typeof value === "number") return sql`v.number ${compares} ${value}::double precision`;
  if (typeof value === "boolean") return sql`v.truth ${compares} ${value}::boolean`;
  if (lengthOf(value) < KEPT) return sql`v.text collate "C" ${compares} ${value}`;
  const near = { "==": sql`=`, ">": sql`>=`, ">=": sql`>=`, "<": sql`<=`, "<=": sql`<=` }[operator];
  return sql`v.text collate "C" ${near} ${[...value].slice(0, KEPT).join("")}`;
}

/** Results with a kept value that passes a filter or may pass it. */
function valuePasses(filter: Filter, benchmark: string | undefined): Choice {
  const { path } = filter;
  const ofBenchmark = benchmark === undefined ? sql`true` : sql`p.benchmark_id = ${benchmark}::uuid`;
  const paths = sql`${valuePaths} p where p.path = ${path} and ${ofBenchmark}`;
  const passes = passesKept(filter);
  return {
    rows: sql`select from ${resultValues} v where v.path_id = any(array(select p.id from ${paths})) and ${passes}`,
    all: sql`select p.benchmark_id, array(select v.key from ${resultValues} v where v.path_id = p.id and ${passes}) as keys from ${paths}`,
    leftOf: (from) => sql`select k.benchmark_id, array(
        select v.key from ${resultValues} v where v.path_id = p.id and v.key = any(k.keys) and ${passes}
      ) as keys
      from ${from} k join ${valuePaths} p on p.benchmark_id = k.benchmark_id and p.path = ${path}`,
  };
}

/** How filters are applied to results `r`. */
export type Filtering = {
  /** Rows (benchmark_id, keys) of the indexed results worth looking at; undefined for all of them. */
  candidates: SQL | undefined;
  /** What those must pass besides. */
  candidatePasses: SQL[];
  /** What results must pass that are not indexed. */
  otherPasses: SQL[];
};

/** Filters by the values kept beside the documents where there are such, by the documents elsewhere; `besides` narrows the candidates. */
export function filtering(
  filters: readonly Filter[],
  benchmark: string | undefined,
  besides: readonly Choice[],
): Filtering {
  const isKept = ({ path, value }: Filter) => !namesElement(path) && !Number.isNaN(value);
  const isExact = (filter: Filter) =>
    isKept(filter) && (typeof filter.value !== "string" || lengthOf(filter.value) < KEPT);
  const choices = filters.filter(isKept).map((filter) => valuePasses(filter, benchmark));
  return {
    candidates: choices.length === 0 ? undefined : inCommon([...choices, ...besides]),
    candidatePasses: filters.filter((filter) => !isExact(filter)).map(documentPasses),
    otherPasses: filters.map(documentPasses),
  };
}
