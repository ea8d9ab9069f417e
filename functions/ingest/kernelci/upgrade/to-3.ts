import type { JsonObject } from "../../../json-text/json-object.ts";
import { renamed, withEach } from "./document.ts";

/** 2.0 to 3.0: the origin is a field of its own, and revisions are named by commit alone. */
export function toVersion3(document: JsonObject): JsonObject {
  const revisions = withEach(document, "revisions", (revision) =>
    renamed(withoutOrigin(withOrigin(revision), "id"), {
      git_repository_commit_hash: "git_commit_hash",
      git_repository_commit_name: "git_commit_name",
    }),
  );
  const builds = withEach(revisions, "builds", (build) => withoutOrigin(withOrigin(build), "revision_id"));
  return withEach(builds, "tests", withOrigin);
}

function withOrigin(object: JsonObject): JsonObject {
  const origin = typeof object.id === "string" ? /^([a-z0-9_]+):/.exec(object.id)?.[1] : undefined;
  return origin === undefined ? object : { ...object, origin };
}

function withoutOrigin(object: JsonObject, field: string): JsonObject {
  const id = object[field];
  return typeof id === "string" ? { ...object, [field]: id.slice(id.indexOf(":") + 1) } : object;
}
