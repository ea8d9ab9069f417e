import { isJsonObject, type JsonObject } from "../../../json-text/json-object.ts";
import { renamed, withEach, without } from "./document.ts";

/** 3.0 to 4.0: revisions become checkouts, under ids that no checkout of today has; descriptions become comments. */
export function toVersion4(document: JsonObject): JsonObject {
  const revisions = withEach(document, "revisions", checkoutOf);
  const builds = withEach(revisions, "builds", (build) => {
    const { origin, revision_id: revision } = build;
    const linked =
      typeof origin === "string" && typeof revision === "string"
        ? { ...without(build, "revision_id"), checkout_id: checkoutId(origin, revision) }
        : build;
    return commented(linked);
  });
  const tests = withEach(builds, "tests", (test) => {
    const { environment } = test;
    return commented(isJsonObject(environment) ? { ...test, environment: commented(environment) } : test);
  });
  return renamed(tests, { revisions: "checkouts" });
}

function checkoutOf(revision: JsonObject): JsonObject {
  const { id, origin } = revision;
  const named = renamed(without(revision, "publishing_time"), {
    patch_mboxes: "patchset_files",
    discovery_time: "start_time",
    description: "comment",
  });
  if (typeof id !== "string" || typeof origin !== "string") return named;
  return { ...named, id: checkoutId(origin, id), patchset_hash: id.split("+")[1] ?? "" };
}

function checkoutId(origin: string, revision: string): string {
  return `_:${origin}:${revision}`;
}

function commented(object: JsonObject): JsonObject {
  return renamed(object, { description: "comment" });
}
