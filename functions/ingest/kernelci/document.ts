import { isJsonObject, type JsonObject } from "../../json-text/json-object.ts";
import type { StructureLimits } from "../../json-text/structure.ts";
import { Rejection } from "../outcome.ts";
import { readStorable, textOf } from "../parse-body.ts";
import { refuseLargeStructure } from "../read/structure.ts";
import { findIssues } from "./check.ts";
import { losesNumbers, parseExact } from "./exact-numbers.ts";
import { isKernelciName } from "./names.ts";
import { problemsOf } from "./problems.ts";
import type { SubmissionDocument } from "./schema.ts";
import { upgraded, versionOf } from "./version.ts";

/** A submission in version 5.3, and how many characters of its free text were replaced; `text` is what was parsed. */
export type ReadSubmission = { document: SubmissionDocument; replaced: number; text: string };

/**
 * What a body says, in version 5.3: parsed, upgraded, checked. Numbers are as they were written. Throws Rejection with
 * everything that is wrong, each place as a JSON pointer into the upgraded document.
 */
export function documentOf(body: Uint8Array<ArrayBuffer>, limits?: StructureLimits): ReadSubmission {
  const sent = textOf(body);
  if (limits !== undefined) refuseLargeStructure(sent, limits);
  const { text, replaced, value } = readStorable(sent, isKernelciName);
  if (!losesNumbers(text)) return { document: checkedDocument(value).document, replaced, text };
  const { version } = checkedDocument(value);
  // The same document once more: only its numbers are written differently, and nothing asks for their values.
  return { document: upgraded(objectOf(parseExact(text)), version) as SubmissionDocument, replaced, text };
}

function checkedDocument(value: unknown) {
  const sent = objectOf(value);
  const version = versionOf(sent);
  refuseTooMany(sent);
  const document = upgraded(sent, version);
  const found = findIssues(document);
  // What was checked, not the copy that checking makes: nothing in it is converted.
  if (found.issues.length === 0) return { document: document as SubmissionDocument, version };
  const origin = version.major === 5 ? "" : `after the upgrade from version ${version.major}.${version.minor}: `;
  throw new Rejection(origin + problemsOf(found));
}

/** So many are parsed and stored in the memory and the time of one invocation (docs/deploy.md, Large submissions). */
export const MOST_OBJECTS = 500_000;

function refuseTooMany(document: JsonObject): void {
  const count = Object.values(document).reduce<number>((sum, list) => sum + (Array.isArray(list) ? list.length : 0), 0);
  if (count > MOST_OBJECTS)
    throw new Rejection(`the submission has ${count} objects, more than ${MOST_OBJECTS}: send it in parts`);
}

function objectOf(value: unknown): JsonObject {
  if (isJsonObject(value)) return value;
  throw new Rejection("the body is not a JSON object");
}
