import type { Context } from "hono";
import {
  type DurationBounds,
  type Filters,
  type ItemFilters,
  type TestFilters,
  UNCATEGORIZED,
  type WantedIssue,
} from "../../../../db/queries/kernelci/filters.ts";
import type { Env } from "../../env.ts";
import { refused } from "./answers.ts";
import { queryOf } from "./parameters.ts";

const PREFIX = "filter_";
const OPERATORS = ["exact", "in", "gt", "gte", "lt", "lte", "like"];
const PATHS = ["boot.path", "test.path"];
const CULPRITS = ["code", "harness", "tool"];
const WHOLE_NUMBER = /^\s*[+-]?\d+(_\d+)*\s*$/;

/** One filter as it was given: a value of a field, with the operator in the brackets or what stands in for it. */
export type GivenFilter = { field: string; operator: string; value: string };

/** A filter that cannot be understood; the message goes to the caller. */
export class FilterFault extends Error {}

/** The same where it is the value that cannot be read: routes with bodies answer it in words of their own. */
export class FilterValueFault extends FilterFault {}

/** The filters of a query string, or the 400 that says which cannot be understood. */
export function readFilters(c: Context<Env>): { ok: true; value: Filters } | { ok: false; answer: Response } {
  try {
    return { ok: true, value: filtersFrom(givenBy(queryOf(c))) };
  } catch (error) {
    if (error instanceof FilterFault) return { ok: false, answer: refused(c, error.message) };
    throw error;
  }
}

/** Reads filters as part 04 does for GET: of a repeated key every value counts, and brackets in it are part of the field. */
function* givenBy(query: URLSearchParams): Generator<GivenFilter> {
  for (const key of new Set(query.keys())) {
    const term = filterTerm(key);
    if (term === undefined) continue;
    const [value = "", ...others] = query.getAll(key);
    if (others.length > 0) for (const one of [value, ...others]) yield { field: term, operator: "in", value: one };
    else if (isPath(term)) yield { field: term, operator: "like", value };
    else yield { ...splitTerm(term), value };
  }
}

/** The term of a filter's name, undefined when it names none. */
export function filterTerm(name: string): string | undefined {
  return name.startsWith(PREFIX) ? name.slice(PREFIX.length) : undefined;
}

/** Whether a term is a field whose values are parts of paths. */
export function isPath(term: string): boolean {
  return PATHS.includes(term);
}

/** `<field>_[<operator>]`; a term without an operator asks for the exact value. */
export function splitTerm(term: string): { field: string; operator: string } {
  const at = term.endsWith("]") ? term.lastIndexOf("_[") : -1;
  if (at < 0) return { field: term, operator: "exact" };
  return { field: term.slice(0, at), operator: term.slice(at + 2, -1) };
}

/** What all filters together ask for. */
export function filtersFrom(all: Iterable<GivenFilter>): Filters {
  const filters = noFilters();
  for (const given of all) {
    if (!OPERATORS.includes(given.operator))
      throw new FilterFault(`Filter with invalid comparison operator \`${given.operator}\` found\``);
    add(filters, given);
  }
  return filters;
}

/** Filters that let everything pass. */
export function noFilters(): Filters {
  const item = (): ItemFilters => ({ statuses: [], duration: {}, origins: [], issues: [] });
  const test = (): TestFilters => ({ ...item(), path: "", platforms: [] });
  return {
    ...{ architectures: [], compilers: [], configs: [], hardware: [], labs: [] },
    ...{ build: item(), boot: test(), test: test() },
    issue: { origins: [], culprits: [], categories: [], options: [] },
  };
}

/** Adds one filter; an unknown field asks for nothing. */
function add(filters: Filters, given: GivenFilter): void {
  const { field, value } = given;
  const list = listOf(filters, field);
  if (list !== undefined) list.push(value);
  else if (field === "issue.culprit") filters.issue.culprits.push(...[value].filter((one) => CULPRITS.includes(one)));
  else if (field === "issue.options") filters.issue.options.push(...[value].filter((one) => one === "hasIncident"));
  else if (field === "boot.path") filters.boot.path = value;
  else if (field === "test.path") filters.test.path = value;
  else if (field === "build.issue") filters.build.issues.push(issueOf(value));
  else if (field === "boot.issue") filters.boot.issues.push(issueOf(value));
  else if (field === "test.issue") filters.test.issues.push(issueOf(value));
  else if (field === "boot.duration") bound(filters.boot.duration, given);
  else if (field === "test.duration") bound(filters.test.duration, given);
  // Of a build's duration only the first character counts (contract part 04).
  else if (field === "build.duration" || field === "duration")
    bound(filters.build.duration, { ...given, value: value.slice(0, 1) });
}

/** The list that values of a field go to as they are. */
function listOf(filters: Filters, field: string): string[] | undefined {
  const { build, boot, test, issue } = filters;
  const lists: Readonly<Record<string, string[]>> = {
    architecture: filters.architectures,
    compiler: filters.compilers,
    config_name: filters.configs,
    "test.hardware": filters.hardware,
    "test.lab": filters.labs,
    "build.status": build.statuses,
    "boot.status": boot.statuses,
    "test.status": test.statuses,
    "build.origin": build.origins,
    "boot.origin": boot.origins,
    "test.origin": test.origins,
    "boot.platform": boot.platforms,
    "test.platform": test.platforms,
    origin: issue.origins,
    "issue.categories": issue.categories,
  };
  return Object.hasOwn(lists, field) ? lists[field] : undefined;
}

/** Sets a bound: only `lte` is told apart, and a text that is no whole number lifts the bound. */
function bound(bounds: DurationBounds, { operator, value }: GivenFilter): void {
  const seconds = WHOLE_NUMBER.test(value) ? Number(value.replaceAll("_", "")) : undefined;
  if (operator === "lte") bounds.most = seconds;
  else bounds.least = seconds;
}

/** `<issue id>,<version>`, with `null` for no version; `Uncategorized` alone will do. */
function issueOf(value: string): WantedIssue {
  if (value === UNCATEGORIZED) return { id: UNCATEGORIZED, version: null };
  const comma = value.lastIndexOf(",");
  const version = value.slice(comma + 1);
  const number = WHOLE_NUMBER.test(version) ? Number(version.replaceAll("_", "")) : Number.NaN;
  if (comma < 0 || (version !== "null" && !Number.isSafeInteger(number)))
    throw new FilterValueFault("An issue filter must be `<issue id>,<version>`");
  return { id: value.slice(0, comma), version: version === "null" ? null : number };
}
