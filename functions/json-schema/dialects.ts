import { isObject, type Json } from "./json.ts";

/** The drafts a schema may speak. */
export type Dialect = "3" | "4" | "6" | "7" | "2019-09" | "2020-12";

/** Their published meta-schemas. */
export const METASCHEMA_URLS: Readonly<Record<string, Dialect>> = {
  "http://json-schema.org/draft-03/schema": "3",
  "http://json-schema.org/draft-04/schema": "4",
  "http://json-schema.org/draft-06/schema": "6",
  "http://json-schema.org/draft-07/schema": "7",
  "https://json-schema.org/draft/2019-09/schema": "2019-09",
  "https://json-schema.org/draft/2020-12/schema": "2020-12",
};

/** The draft a schema names in `$schema`; the newest when it names none or one that is not known. */
export function dialectOf(schema: Json): Dialect {
  const named = isObject(schema) ? schema.get("$schema") : undefined;
  return (typeof named === "string" && METASCHEMA_URLS[named.replace(/#$/, "")]) || "2020-12";
}
