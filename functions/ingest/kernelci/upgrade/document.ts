import { isJsonObject, type JsonObject } from "../../../json-text/json-object.ts";

/** The document with each object of the named list changed; what is no list or no object is left for the check to find. */
export function withEach(document: JsonObject, list: string, change: (object: JsonObject) => JsonObject): JsonObject {
  const objects = document[list];
  if (!Array.isArray(objects)) return document;
  return { ...document, [list]: objects.map((one: unknown) => (isJsonObject(one) ? change(one) : one)) };
}

/** The objects of a list. */
export function objectsOf(document: JsonObject, list: string): JsonObject[] {
  const objects = document[list];
  return Array.isArray(objects) ? objects.filter(isJsonObject) : [];
}

/** The object without some fields. */
export function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

/** The object with some fields under another name, each in its place. */
export function renamed(object: JsonObject, names: Readonly<Record<string, string>>): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [Object.hasOwn(names, name) ? names[name] : name, value]),
  );
}
