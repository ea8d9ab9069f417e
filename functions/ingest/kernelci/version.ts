import * as z from "zod";
import type { JsonObject } from "../../json-text/json-object.ts";
import { Rejection } from "../outcome.ts";
import { toVersion2 } from "./upgrade/to-2.ts";
import { toVersion3 } from "./upgrade/to-3.ts";
import { toVersion4 } from "./upgrade/to-4.ts";
import { toVersion5 } from "./upgrade/to-5.ts";

/** Known minor versions of each major one, and the step that leads from it to the next. */
const VERSIONS: ReadonlyMap<number, { minors: readonly number[]; toNext?: (document: JsonObject) => JsonObject }> =
  new Map([
    [1, { minors: [1], toNext: toVersion2 }],
    [2, { minors: [0], toNext: toVersion3 }],
    [3, { minors: [0], toNext: toVersion4 }],
    [4, { minors: [0, 1, 2, 3, 4, 5], toNext: toVersion5 }],
    [5, { minors: [0, 1, 2, 3] }],
  ]);

const NEWEST = { major: 5, minor: 3 };

const Version = z.strictObject({ major: z.int(), minor: z.int().default(0) });
type Version = z.infer<typeof Version>;

/** The version a submission says it has; throws Rejection when it says none, or one that is not known. */
export function versionOf(document: JsonObject): Version {
  const { data: version } = Version.safeParse(document.version);
  if (version === undefined) throw new Rejection('/version: must be {"major": …, "minor": …} with integers');
  if (!VERSIONS.get(version.major)?.minors.includes(version.minor))
    throw new Rejection(`/version: ${version.major}.${version.minor} is not a known version`);
  return version;
}

/** The document in the newest version (contract part 02, upgrade rules). Nothing is checked: that is done on the result. */
export function upgraded(document: JsonObject, from: Version): JsonObject {
  let current = document;
  for (let major = from.major; major < NEWEST.major; major += 1)
    current = VERSIONS.get(major)?.toNext?.(current) ?? current;
  return { ...current, version: NEWEST };
}
