import type { JsonObject } from "../../../json-text/json-object.ts";
import { objectsOf, withEach, without } from "./document.ts";

const WAIVED = { id: "_:waived", version: 1, origin: "_", comment: "Test waived as unreliable" };

/** 4.x to 5.0: a build has a status, and a waived test is an incident of one issue that all waived tests share. */
export function toVersion5(document: JsonObject): JsonObject {
  const incidents = objectsOf(document, "tests")
    .filter(({ waived }) => waived === true)
    .map(incidentOf);
  const checkouts = withEach(document, "checkouts", (checkout) => without(checkout, "contacts"));
  const builds = withEach(checkouts, "builds", (build) => {
    const { valid } = build;
    return typeof valid === "boolean" ? { ...without(build, "valid"), status: valid ? "PASS" : "FAIL" } : build;
  });
  const tests = withEach(builds, "tests", (test) =>
    typeof test.waived === "boolean" ? without(test, "waived") : test,
  );
  const issues = withEach(tests, "issues", (issue) => without(issue, "build_valid", "test_status"));
  if (incidents.length === 0) return issues;
  return appended(appended(issues, "issues", [WAIVED]), "incidents", incidents);
}

function incidentOf({ id }: JsonObject): JsonObject {
  const { id: issueId, version, origin } = WAIVED;
  return {
    id: `${issueId}:${version}:${id}`,
    origin,
    issue_id: issueId,
    issue_version: version,
    test_id: id,
    present: true,
  };
}

/** What is no list is left for the check to find. */
function appended(document: JsonObject, list: string, objects: readonly JsonObject[]): JsonObject {
  const present = document[list] ?? [];
  return Array.isArray(present) ? { ...document, [list]: [...present, ...objects] } : document;
}
