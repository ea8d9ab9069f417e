import type * as z from "zod";
import type { JsonObject } from "../../json-text/json-object.ts";
import { LISTS, SubmissionDocument } from "./schema.ts";

/** Objects that are checked at a time: what is found wrong with them takes many times their memory. */
const OBJECTS_AT_A_TIME = 1_000;
/** With so many problems the rest is not looked at. */
const ENOUGH = 1_000;

/** What is wrong with a document; not `whole` when there may be more. */
export type Found = { issues: z.core.$ZodIssue[]; whole: boolean };

/** Checks a document of version 5.3, some objects at a time, until enough is wrong with it. */
export function findIssues(document: JsonObject): Found {
  const lists = Object.entries(LISTS).flatMap(([name, list]) => {
    const given = document[name];
    return Array.isArray(given) ? [{ name, list, given: given as unknown[] }] : [];
  });
  const emptied = Object.fromEntries(lists.map(({ name }) => [name, []]));
  const issues = [...issuesOf(SubmissionDocument, { ...document, ...emptied })];
  for (const { name, list, given } of lists)
    for (let at = 0; at < given.length; at += OBJECTS_AT_A_TIME) {
      if (issues.length >= ENOUGH) return { issues, whole: false };
      for (const issue of issuesOf(list, given.slice(at, at + OBJECTS_AT_A_TIME))) {
        const [index, ...rest] = issue.path;
        issues.push({ ...issue, path: [name, at + Number(index), ...rest] });
      }
    }
  return { issues, whole: true };
}

function issuesOf(schema: z.ZodType, value: unknown): readonly z.core.$ZodIssue[] {
  return schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
}
