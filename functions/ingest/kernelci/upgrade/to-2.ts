import type { JsonObject } from "../../../json-text/json-object.ts";
import { withEach, without } from "./document.ts";

/** 1.1 to 2.0: an origin and an id of its own become one id, and names of files lose their slashes. */
export function toVersion2(document: JsonObject): JsonObject {
  const revisions = withEach(document, "revisions", (revision) =>
    withFileNames(joined(revision, "id", "origin", "origin_id"), "patch_mboxes"),
  );
  const builds = withEach(revisions, "builds", (build) => {
    const named = joined(build, "id", "origin", "origin_id");
    const linked = joined(named, "revision_id", "revision_origin", "revision_origin_id");
    return withFileNames(linked, "input_files", "output_files");
  });
  return withEach(builds, "tests", (test) => {
    const named = joined(test, "id", "origin", "origin_id");
    return withFileNames(joined(named, "build_id", "build_origin", "build_origin_id"), "output_files");
  });
}

function joined(object: JsonObject, id: string, origin: string, originId: string): JsonObject {
  const { [origin]: from, [originId]: own } = object;
  if (typeof from !== "string" || typeof own !== "string") return object;
  return { [id]: `${from}:${own}`, ...without(object, origin, originId) };
}

function withFileNames(object: JsonObject, ...lists: readonly string[]): JsonObject {
  return lists.reduce(
    (changed, list) =>
      withEach(changed, list, (file) =>
        typeof file.name === "string" ? { ...file, name: file.name.replaceAll("/", "_") } : file,
      ),
    object,
  );
}
